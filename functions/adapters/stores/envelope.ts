import { type AcceptedEvent, strongestKey } from '../../../core/model/accepted-event.ts';
import { type PackedEvents, packEvents, unpackEvents } from './chunk-codec.ts';
import { partitionOf } from './partition-of.ts';

/** Events of one person are always in one bucket, and a bucket's records are in order. */
const buckets = 16;
/** A record is charged by 25 kB. */
const bytesAimed = 25 * 1024 - 1;

export interface Envelope {
  partitionKey: string;
  data: Uint8Array;
}

/** Events in few records: by bucket of their strongest identifier, packed, each record aiming at 25 kB. */
export const envelopes = (events: readonly AcceptedEvent[]): Envelope[] => {
  const byBucket = new Map<number, AcceptedEvent[]>();
  for (const event of events) {
    const bucket = partitionOf(strongestKey(event), buckets);
    const own = byBucket.get(bucket);
    if (own) own.push(event);
    else byBucket.set(bucket, [event]);
  }
  return [...byBucket].flatMap(([bucket, own]) =>
    packEvents(own, bytesAimed).map(packed => ({ partitionKey: `bucket-${bucket}`, data: sealed(packed) })),
  );
};

/** The first byte names the dictionary. */
const sealed = ({ dictionary, bytes }: PackedEvents): Uint8Array => Buffer.concat([Buffer.from([dictionary]), bytes]);

/** @throws Error for bytes that are no envelope. */
export const openEnvelope = (data: Uint8Array): AcceptedEvent[] =>
  unpackEvents({ dictionary: data[0] ?? 0, bytes: data.subarray(1) });
