import { DescribeStreamSummaryCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import { type ProbeCase, same } from './probe-case.ts';
import { until } from './probe-logs.ts';
import type { ProbeRuntime } from './probe-runtime.ts';
import { putRecords } from './put-records.ts';

const middleOfHashes = (2n ** 127n).toString();

const splitStream = async ({ clients }: ProbeRuntime, StreamName: string): Promise<void> => {
  await clients.kinesis.send(
    new SplitShardCommand({ StreamName, ShardToSplit: 'shardId-000000000000', NewStartingHashKey: middleOfHashes }),
  );
  await until('the split', async () => {
    const { StreamDescriptionSummary } = await clients.kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    return StreamDescriptionSummary?.StreamStatus === 'ACTIVE' ? true : undefined;
  });
};

const keys = ['a', 'b', 'c', 'd'];

const split: ProbeCase = {
  name: 'shards: after a split the parent is finished before its children',
  run: async ({ runtime }) => {
    const records = (part: string) => keys.flatMap(key => [1, 2, 3].map(n => ({ id: `${part}-${key}${n}`, key })));
    const parents = records('parent').map(record => ({ ...record, sleeps: 100 }));
    await putRecords(runtime, 'split', parents);
    await splitStream(runtime, 'probe-split');
    await putRecords(runtime, 'split', records('child'));
    const all = parents.length * 2;
    await runtime.logs.when('split', 'all records', () => runtime.logs.ended('split').length >= all);
    const ids = runtime.logs.ended('split');
    same('each record once', new Set(ids).size, ids.length);
    same(
      'the parent first',
      ids.slice(0, parents.length),
      parents.map(({ id }) => id),
    );
    for (const key of keys) {
      const own = records('child')
        .filter(one => one.key === key)
        .map(({ id }) => id);
      same(
        `the order of ${key} in its child`,
        ids.filter(id => own.includes(id)),
        own,
      );
    }
  },
};

/** Shards that end. */
export const shardCases: ProbeCase[] = [split];
