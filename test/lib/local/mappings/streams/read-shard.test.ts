import { expect, test } from 'vitest';
import { Bell } from '../../../../../lib/local/engines/bell.ts';
import type { ShardPosition } from '../../../../../lib/local/mappings/streams/checkpoints.ts';
import { Lane } from '../../../../../lib/local/mappings/streams/lane.ts';
import { laneSpread } from '../../../../../lib/local/mappings/streams/lane-of-key.ts';
import { readShard } from '../../../../../lib/local/mappings/streams/read-shard.ts';
import type { StreamRecord, StreamSource } from '../../../../../lib/local/mappings/streams/stream-source.ts';
import { record } from './records.ts';

/** A shard of these records that has ended; an iterator is the index of the next record. */
const endedShard = (all: StreamRecord[], more: Partial<StreamSource> = {}): StreamSource => ({
  arn: 'arn:stream',
  batchInfo: 'KinesisBatchInfo',
  bell: new Bell(),
  shards: async () => [],
  open: async (_shard, after) => (after === undefined ? '0' : String(all.findIndex(one => one.sequence === after) + 1)),
  read: async (_shard, iterator) => {
    const start = Number(iterator);
    const records = all.slice(start, start + 2);
    return { records, next: start + records.length < all.length ? String(start + records.length) : undefined };
  },
  ...more,
});

interface Read {
  batches: number[][];
  kept: ShardPosition[];
}

/** Reads a shard to its end from a position; answers what the function saw and which positions were kept. */
const readFrom = async (position: ShardPosition, source: StreamSource, invoke?: () => void): Promise<Read> => {
  const read: Read = { batches: [], kept: [] };
  await readShard(
    {
      shardId: 'shard',
      source,
      position,
      keep: kept => read.kept.push(structuredClone(kept)),
      openLanes: moved =>
        position.lanes.map(
          lane =>
            new Lane(lane, {
              cut: { batchSize: 10, windowMilliseconds: 0, tumblingMilliseconds: undefined },
              delivery: {
                rules: {
                  bisects: false,
                  retriesMax: 0,
                  reportsItemFailures: false,
                  recordAgeMaxMilliseconds: Number.POSITIVE_INFINITY,
                },
                runningSince: 0,
              },
              shardFields: { shardId: 'shard', eventSourceARN: source.arn },
              invoke: async event => {
                const { Records } = event as { Records: { index: number }[] };
                read.batches.push(Records.map(({ index }) => index));
                invoke?.();
                return { requestId: 'request', kind: 'answered', json: undefined };
              },
              giveUp: async () => undefined,
              moved,
            }),
        ),
    },
    new AbortController().signal,
  );
  return read;
};

const keyed = (count: number): StreamRecord[] =>
  Array.from({ length: count }, (_one, index) => record(index, { key: `key-${index % 3}` }));

test('a shard is read from its oldest record, and is finished at its end', async () => {
  const { batches, kept } = await readFrom({ lanes: [{}] }, endedShard(keyed(5)));
  expect(batches.flat()).toEqual([0, 1, 2, 3, 4]);
  expect(kept.at(-1)).toEqual({ lanes: [{ after: '5' }], spread: laneSpread, finished: true });
});

test('reading goes on behind the position', async () => {
  const { batches } = await readFrom({ lanes: [{ after: '3' }] }, endedShard(keyed(5)));
  expect(batches.flat()).toEqual([3, 4]);
});

test('each lane goes on behind its own position', async () => {
  const all = keyed(12);
  const first = await readFrom({ lanes: [{}, {}] }, endedShard(all));
  const [one = [], other = []] = [first.batches.flat().filter(index => index % 3 === 0), first.batches.flat()];
  expect(other.toSorted((a, b) => a - b)).toEqual(all.map((_one, index) => index));
  expect(one).toEqual(one.toSorted((a, b) => a - b));
  const { batches } = await readFrom({ lanes: [{ after: '12' }, { after: '1' }] }, endedShard(all));
  const again = batches.flat();
  expect(again.length).toBeGreaterThan(0);
  expect(again.length).toBeLessThan(11);
  expect(new Set(again).size).toBe(again.length);
});

test('records from before the mapping’s time are passed over', async () => {
  const { batches } = await readFrom({ lanes: [{}], since: 1_000_003 }, endedShard(keyed(5)));
  expect(batches.flat()).toEqual([3, 4]);
});

test('a position is kept after the answer of the function, never before', async () => {
  const keptBefore: number[] = [];
  let positions = 0;
  const source = endedShard(keyed(4));
  const read = await readFrom({ lanes: [{}] }, source, () => keptBefore.push(positions++));
  expect(keptBefore[0]).toBe(0);
  const [firstBatch = []] = read.batches;
  expect(read.kept[0]?.lanes[0]?.after).toBe(String((firstBatch.at(-1) ?? 0) + 1));
});

test('an iterator that has become too old is opened again where reading stood', async () => {
  const all = keyed(5);
  const plain = endedShard(all);
  let expired = false;
  const source = endedShard(all, {
    read: async (shard, iterator) => {
      if (iterator !== '2' || expired) return plain.read(shard, iterator);
      expired = true;
      throw Object.assign(new Error('too old'), { name: 'ExpiredIteratorException' });
    },
  });
  const { batches } = await readFrom({ lanes: [{}] }, source);
  expect(expired).toBe(true);
  expect(batches.flat()).toEqual([0, 1, 2, 3, 4]);
});

test('an engine that fails is told, with nothing finished', async () => {
  const source = endedShard(keyed(2), { read: () => Promise.reject(new Error('gone')) });
  await expect(readFrom({ lanes: [{}] }, source)).rejects.toThrow('gone');
});
