import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { ProbeRuntime } from './probe-runtime.ts';

/** What a record asks of the probe that reads it. */
export interface Asked {
  id: string;
  key?: string;
  throws?: boolean;
  reports?: boolean;
  /** Asks only at the first attempt. */
  once?: boolean;
  sleeps?: number;
  filling?: string;
}

/** Puts records into the stream of a probe, in order. */
export const putRecords = async ({ clients }: ProbeRuntime, probe: string, asked: readonly Asked[]): Promise<void> => {
  await clients.kinesis.send(
    new PutRecordsCommand({
      StreamName: `probe-${probe}`,
      Records: asked.map(({ key = 'key', ...body }) => ({
        PartitionKey: key,
        Data: Buffer.from(JSON.stringify({ ...body, key })),
      })),
    }),
  );
};

/** `count` records called `r0`, `r1` … */
export const numbered = (count: number, more: (index: number) => Partial<Asked> = () => ({})): Asked[] =>
  Array.from({ length: count }, (_one, index) => ({ id: `r${index}`, ...more(index) }));
