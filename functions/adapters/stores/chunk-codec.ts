import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';

/** Dictionaries are kept for ever: a chunk names the one it was packed with. */
const dictionaries: Record<number, Buffer> = {
  1: Buffer.from(
    '"context":{"campaign":{"name":"source":"medium":"userAgent":"Mozilla/5.0 ("referrer":"https://www.' +
      '"email_unsubscribe","email_click","email_open","form_submit","remove_from_cart","wishlist","identify",' +
      '"type":"custom","type":"add_to_cart","type":"product_view","type":"page_view","type":"purchase",' +
      '"traits":{"consent":{"tracking":true,"sms":false,"email":true},"quantity":1,"price":"name":"category":"items":[{' +
      '"productId":"SKU-"currency":"USD","orderId":"ORD-"amount":"url":"https://"page":"/home","properties":{' +
      '"sessionId":"session-"deviceId":"device-"source":"web","originalTimestamp":"identifiers":[{"type":"email","value":"' +
      '{"type":"anonymousId","value":"{"type":"deviceId","value":"{"type":"customerId","value":"' +
      '"timestamp":"2026-0T00:00:00.000Z","receivedAt":"2026-,"profileId":"profile-01"messageId":"{"id":"event-01',
  ),
};
const current = 1;
/** No chunk of ours is larger; whatever unpacks to more is not one. */
const unpackedBytesMax = 32 * 1024 * 1024;
/** In UTF-16 units, of at most three bytes each. An event has at most 32 KB, so that one always fits. */
const textAimed = 8 * 1024 * 1024;

export interface PackedEvents {
  dictionary: number;
  bytes: Uint8Array;
}

/** 1 is quick, 9 is small; whoever unpacks need not know. */
type Level = 1 | 6;

const deflated = (text: string, level: Level): Uint8Array =>
  deflateRawSync(text, { dictionary: dictionaries[current], level });

/**
 * Packs events into few bytes, ten usual ones into one write unit; into as many pieces as it takes to keep each below
 * `bytesMax` packed, and well below what is unpacked again. A single event is never split.
 */
export const packEvents = (events: readonly AcceptedEvent[], bytesMax: number, level: Level = 6): PackedEvents[] => {
  const text = JSON.stringify(events);
  const whole = events.length <= 1;
  const bytes = whole || text.length <= textAimed ? deflated(text, level) : undefined;
  if (bytes && (whole || bytes.length <= bytesMax)) return [{ dictionary: current, bytes }];
  const middle = Math.ceil(events.length / 2);
  return [
    ...packEvents(events.slice(0, middle), bytesMax, level),
    ...packEvents(events.slice(middle), bytesMax, level),
  ];
};

/** Anything else that stands among events. */
export const packOther = (other: unknown): PackedEvents => ({
  dictionary: current,
  bytes: deflated(JSON.stringify(other), 6),
});

/** @throws Error for bytes that are nothing packed. */
export const unpackOther = ({ dictionary, bytes }: PackedEvents): unknown => {
  const known = dictionaries[dictionary];
  if (!known) throw new Error(`no dictionary ${dictionary} to unpack with`);
  return JSON.parse(inflateRawSync(bytes, { dictionary: known, maxOutputLength: unpackedBytesMax }).toString());
};

/** @throws Error for bytes that are no packed events. */
export const unpackEvents = (packed: PackedEvents): AcceptedEvent[] => unpackOther(packed) as AcceptedEvent[];
