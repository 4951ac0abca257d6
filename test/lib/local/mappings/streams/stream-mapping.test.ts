import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Bell } from '../../../../../lib/local/engines/bell.ts';
import { type Mapping, readMapping } from '../../../../../lib/local/mappings/read-mapping.ts';
import { Checkpoints } from '../../../../../lib/local/mappings/streams/checkpoints.ts';
import { runStreamMapping } from '../../../../../lib/local/mappings/streams/stream-mapping.ts';
import type { Shard, StreamRecord, StreamSource } from '../../../../../lib/local/mappings/streams/stream-source.ts';
import { systemOf } from '../../system-of.ts';
import { record } from './records.ts';

const mappingFrom = (StartingPosition: string): Mapping => {
  const system = systemOf({
    Events: { Type: 'AWS::Kinesis::Stream' },
    Worker: { Type: 'AWS::Lambda::Function' },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Events', 'Arn'] },
        FunctionName: { Ref: 'Worker' },
        StartingPosition,
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
const seenFrom = (startingPosition: string, source: SplitStream, stateDirectory: string) => {
  const mapping = mappingFrom(startingPosition);
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
