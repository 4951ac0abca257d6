import type { EventWarning } from './event-input.ts';

const futureToleranceMs = 5 * 60_000;
const isoTime = /^[+-]?\d{4,6}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

/** The instant of an ISO 8601 text (UTC where it names no zone) in epoch ms, or `undefined`. */
const readTime = (text: string): number | undefined => {
  if (!isoTime.test(text)) return undefined;
  const zoned = text.length > 10 && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text;
  const at = Date.parse(zoned);
  return Number.isNaN(at) || !isOnCalendar(text) ? undefined : at;
};

/** `Date.parse` reads the 30th of February as the 2nd of March. */
const isOnCalendar = (text: string): boolean => {
  const [year = '', month = '1', day = '1'] = text.replace(/^[+-]/, '').split(/[T ]/, 1)[0]?.split('-') ?? [];
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= lastDay;
};

/** The form that most clients send, on a day that every month has: read at once, and written as it is. */
const usualTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/**
 * Whether a time needs no correction: in the usual form, since 1970, and not after `receivedAt` (ISO 8601). Texts of
 * that form are in the order of their times, so that nothing need be read.
 */
export const isPlainlyPast = (timestamp: string, receivedAt: string): boolean =>
  timestamp <= receivedAt && timestamp >= '1970' && usualTime.test(timestamp);

export interface CorrectedTime {
  /** Epoch ms. */
  at: number;
  /** The same in ISO 8601, where the client said it so. */
  iso?: string;
  /** What the client said, where something else is used. */
  original?: string;
  warnings: EventWarning[];
  quarantine?: string;
}

/**
 * When an event really happened: `receivedAt − (sentAt − timestamp)`, which takes the client's clock out of it
 * (Segment's rule). Unreadable times become the receive time with a warning; times more than five minutes ahead are
 * clamped; times before 1970 are kept aside.
 */
export const correctTime = (
  timestamp: string | undefined,
  sentAt: string | undefined,
  receivedAt: Date,
): CorrectedTime => {
  const received = receivedAt.getTime();
  if (timestamp === undefined) return { at: received, warnings: [] };
  const isUsual = usualTime.test(timestamp);
  const said = isUsual ? Date.parse(timestamp) : readTime(timestamp);
  if (said === undefined) {
    const message = `timestamp ${timestamp} is not ISO 8601; the receive time is used`;
    return { at: received, original: timestamp, warnings: [{ code: 'TIMESTAMP_INVALID', message }] };
  }
  const sent = sentAt === undefined ? undefined : readTime(sentAt);
  const at = sent === undefined ? said : received - (sent - said);
  if (said < 0 || at < 0) {
    return { at: received, original: timestamp, warnings: [], quarantine: 'timestamp_before_1970' };
  }
  if (at > received + futureToleranceMs) {
    const message = `timestamp ${timestamp} lies in the future; the receive time is used`;
    return { at: received, original: timestamp, warnings: [{ code: 'TIMESTAMP_IN_FUTURE', message }] };
  }
  if (at !== said) return { at, original: timestamp, warnings: [] };
  return isUsual ? { at, iso: timestamp, warnings: [] } : { at, warnings: [] };
};
