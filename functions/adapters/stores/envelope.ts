import { type AcceptedEvent, strongestKey } from '../../../core/model/accepted-event.ts';
import type { BatchPart, OpenedEnvelope } from '../../../core/model/batch-part.ts';
import { fingerprint } from '../../../core/model/fingerprint.ts';
import { type PackedEvents, packEvents, unpackEvents } from './chunk-codec.ts';

/** Events of one person are always in one bucket, and a bucket's records are in order. */
const buckets = 16;
/** A record is charged by 25 kB. */
const bytesAimed = 25 * 1024 - 1;

/** An envelope lives for minutes and mostly holds far less than a record is charged for. */
const quick = 1;

export interface Envelope {
  partitionKey: string;
  data: Uint8Array;
}

/**
 * Events in few records: by bucket of their strongest identifier, packed, each record aiming at 25 kB. Where they came
 * as a batch, each record says which part of it it is.
 */
export const envelopes = (events: readonly AcceptedEvent[], batchId?: string): Envelope[] => {
  const byBucket = new Map<number, AcceptedEvent[]>();
  for (const event of events) {
    const bucket = fingerprint(strongestKey(event)) % buckets;
    const own = byBucket.get(bucket);
    if (own) own.push(event);
    else byBucket.set(bucket, [event]);
  }
  const pieces = [...byBucket].flatMap(([bucket, own]) =>
    packEvents(own, bytesAimed, quick).map(packed => ({ partitionKey: `bucket-${bucket}`, packed })),
  );
  return pieces.map(({ partitionKey, packed }, part) => ({
    partitionKey,
    data: sealed(packed, batchId === undefined ? undefined : { batchId, part }),
  }));
};

/** Set in the first byte, which names the dictionary, where the name of a batch's part follows. */
const partFlag = 0x80;

/** The dictionary, the length and the text of the part's name where there is one, the packed events. */
const sealed = ({ dictionary, bytes }: PackedEvents, part: BatchPart | undefined): Uint8Array => {
  if (!part) return Buffer.concat([Buffer.from([dictionary]), bytes]);
  const name = Buffer.from(`${part.batchId}/${part.part}`);
  return Buffer.concat([Buffer.from([dictionary | partFlag, name.length]), name, bytes]);
};

const headerBytes = (data: Uint8Array): number => ((data[0] ?? 0) & partFlag ? 2 + (data[1] ?? 0) : 1);

/** @throws Error for bytes that are no envelope. */
export const openEnvelope = (data: Uint8Array): OpenedEnvelope => {
  const packed = { dictionary: (data[0] ?? 0) & ~partFlag, bytes: data.subarray(headerBytes(data)) };
  return { events: unpackEvents(packed), part: partOf(data) };
};

const partOf = (data: Uint8Array): BatchPart | undefined => {
  const header = Buffer.from(data.subarray(2, headerBytes(data))).toString();
  const [, batchId = '', part = ''] = /^([\x21-\x7e]+)\/(\d+)$/.exec(header) ?? [];
  return batchId === '' ? undefined : { batchId, part: Number(part) };
};
