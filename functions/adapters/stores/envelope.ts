import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { strongestKey } from '../../../core/model/accepted-event.ts';
import { packEvents, unpackEvents } from './chunk-codec.ts';
import { partitionOf } from './partition-of.ts';

/** Events of one person are always in one bucket, and a bucket's records are in order. */
const buckets = 16;
/** A record is charged by 25 kB. */
const bytesAimed = 25 * 1024;

export interface Envelope {
  partitionKey: string;
  data: Uint8Array;
}

/** Events in few records: by bucket of their strongest identifier, packed, each record aiming at 25 kB. */
export const envelopes = (events: readonly AcceptedEvent[]): Envelope[] => {
  const byBucket = new Map<number, AcceptedEvent[]>();
  for (const event of events) {
    const bucket = partitionOf(strongestKey(event), buckets);
    byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), event]);
  }
  return [...byBucket].flatMap(([bucket, own]) =>
    sealed(own).map(data => ({ partitionKey: `bucket-${bucket}`, data })),
  );
};

const sealed = (events: readonly AcceptedEvent[]): Uint8Array[] => {
  const { dictionary, bytes } = packEvents(events);
  if (bytes.length < bytesAimed || events.length === 1) return [Buffer.concat([Buffer.from([dictionary]), bytes])];
  const middle = Math.ceil(events.length / 2);
  return [...sealed(events.slice(0, middle)), ...sealed(events.slice(middle))];
};

/** @throws Error for bytes that are no envelope. */
export const openEnvelope = (data: Uint8Array): AcceptedEvent[] =>
  unpackEvents({ dictionary: data[0] ?? 0, bytes: data.subarray(1) });
