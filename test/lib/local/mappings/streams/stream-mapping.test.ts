import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Bell } from '../../../../../lib/local/engines/bell.ts';
import { type Mapping, readMapping } from '../../../../../lib/local/mappings/read-mapping.ts';
import { Checkpoints } from '../../../../../lib/local/mappings/streams/checkpoints.ts';
import { laneOfKey, laneSpread } from '../../../../../lib/local/mappings/streams/lane-of-key.ts';
import { runStreamMapping } from '../../../../../lib/local/mappings/streams/stream-mapping.ts';
import type { Shard, StreamRecord, StreamSource } from '../../../../../lib/local/mappings/streams/stream-source.ts';
import { systemOf } from '../../system-of.ts';
import { record } from './records.ts';

const mappingFrom = (StartingPosition: string, ParallelizationFactor = 1): Mapping => {
  const system = systemOf({
    Events: { Type: 'AWS::Kinesis::Stream' },
    Worker: { Type: 'AWS::Lambda::Function' },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Events', 'Arn'] },
        FunctionName: { Ref: 'Worker' },
        StartingPosition,
        ParallelizationFactor,
      },
    },
  });
  return readMapping(system, system.declared(system.find('Mapping')));
};

/** A stream whose first shard has ended and whose second is its child; both hold one old record. */
class SplitStream implements StreamSource {
  readonly arn = 'arn:stream';
  readonly batchInfo = 'KinesisBatchInfo';
  readonly bell = new Bell();
  records: Record<string, StreamRecord[]> = { parent: [record(0)], child: [record(1)] };
  #listed = 0;

  /** The child is not there yet when the mapping begins. */
  async shards(): Promise<Shard[]> {
    this.#listed += 1;
    const parent = { id: 'parent', parents: [] };
    return this.#listed === 1 ? [parent] : [parent, { id: 'child', parents: ['parent'] }];
  }

  async open(shardId: string, after: string | undefined): Promise<string> {
    const index = this.records[shardId]?.findIndex(({ sequence }) => sequence === after) ?? -1;
    return String(index + 1);
  }

  async read(shardId: string, iterator: string) {
    const records = this.records[shardId]?.slice(Number(iterator)) ?? [];
    const next = String(Number(iterator) + records.length);
    return { records, next: shardId === 'parent' ? undefined : next };
  }
}

/** Runs a mapping and answers the sequence numbers that its function sees, as they come. */
const seenFrom = (startingPosition: string, source: SplitStream, stateDirectory: string, lanes = 1) => {
  const mapping = mappingFrom(startingPosition, lanes);
  if (mapping.kind !== 'stream') throw new Error('The mapping is expected to be one of a stream.');
  const seen: number[] = [];
  const abort = new AbortController();
  const running = runStreamMapping(
    {
      mapping,
      source,
      checkpoints: new Checkpoints(stateDirectory, mapping.uuid),
      functionArn: 'arn:function',
      keepGivenUp: async () => undefined,
      log: line => expect.fail(line),
      invoked: {
        name: 'worker',
        invoke: async event => {
          seen.push(...(event as { Records: { index: number }[] }).Records.map(({ index }) => index));
          return { requestId: 'request', kind: 'answered', json: undefined };
        },
      },
    },
    abort.signal,
  );
  const stop = async (): Promise<void> => {
    abort.abort();
    await running;
  };
  onTestFinished(stop);
  return { seen, stop };
};

const stateDirectory = (): string => mkdtempSync(join(tmpdir(), 'cdp-mapping-'));

test('from the oldest record everything is read, the parent before its child', async () => {
  const { seen } = seenFrom('TRIM_HORIZON', new SplitStream(), stateDirectory());
  await vi.waitFor(() => expect(seen).toEqual([0, 1]));
});

test('from the latest record on what was there before is passed over, but nothing of a later shard', async () => {
  const { seen } = seenFrom('LATEST', new SplitStream(), stateDirectory());
  await vi.waitFor(() => expect(seen).toEqual([1]));
});

test('at the next start only what is new is read', async () => {
  const directory = stateDirectory();
  const source = new SplitStream();
  const first = seenFrom('TRIM_HORIZON', source, directory);
  await vi.waitFor(() => expect(first.seen).toEqual([0, 1]));
  await first.stop();
  source.records.child = [record(1), record(2)];
  const second = seenFrom('TRIM_HORIZON', source, directory);
  await vi.waitFor(() => expect(second.seen).toEqual([2]));
});

test.each([
  ['in the same way: only what its lane has not seen comes', laneSpread, [3]],
  ['in another way: everything that some lane had not seen comes again', undefined, [2, 3]],
])('after a start with keys that were given to lanes %s', async (_how, spread, expected) => {
  const directory = stateDirectory();
  const source = new SplitStream();
  // The child is there from the beginning.
  await source.shards();
  const key = ['a', 'b', 'c', 'd'].find(one => laneOfKey(one, 2) === 1) ?? '';
  source.records.child = [1, 2, 3].map(index => record(index, { key }));
  const checkpoints = new Checkpoints(directory, mappingFrom('TRIM_HORIZON', 2).uuid);
  checkpoints.keep('parent', { lanes: [], finished: true });
  checkpoints.keep('child', { lanes: [{ after: '2' }, { after: '3' }], spread });
  const { seen } = seenFrom('TRIM_HORIZON', source, directory, 2);
  await vi.waitFor(() => expect(seen).toEqual(expected));
});
