import type { AcceptedEvent } from './accepted-event.ts';

/**
 * One event as the lake keeps it: one row. Times are epoch ms, in Parquet `TIMESTAMP` in UTC. What tells who somebody
 * is stands in `sealed` alone, under a key of the profile's own: without that key the row tells of nobody.
 *
 * A row is the same as another when profile, version and event id are. An event that was committed twice (replayed into
 * an emptied table, given back by an un-merge) has one id and several rows: the one committed last is the event.
 */
export interface LakeEvent {
  /** Who had it when it was committed; the aliases tell who has it now. */
  profileId: string;
  /** The version of the profile that folded it. */
  version: number;
  /** `event-<ULID>` of the time of receipt. */
  eventId: string;
  messageId: string;
  type: string;
  timestamp: number;
  receivedAt: number;
  committedAt: number;
  source: string | null;
  sessionId: string | null;
  /** A pseudonym of the device within the profile: equal for equal devices, and of no use without the profile's key. */
  device: string | null;
  orderId: string | null;
  /** Of a purchase or a refund, in minor units (cents) of `currency`, rounded half up. */
  amountMinor: number | null;
  /** The same as an exact decimal. */
  amount: string | null;
  /** ISO 4217; the account's where the event names none. Absent where there is no amount. */
  currency: string | null;
  /** Where the person came from, where the event tells. */
  channel: string | null;
  /** JSON, without what is sealed. */
  properties: string;
  context: string | null;
  /** What tells who it is: `SealedParts` as JSON, sealed (base64). Absent where the profile was erased before. */
  sealed: string | null;
}

/** What of an event identifies a person or reaches one. */
export interface SealedParts
  extends Pick<AcceptedEvent, 'identifiers' | 'traits' | 'consent' | 'deviceId' | 'profileId' | 'originalTimestamp'> {
  /** What was taken out of `properties` and `context`, by path. */
  properties?: [path: string[], value: unknown][];
  context?: [path: string[], value: unknown][];
}

/**
 * The column that each field has in Parquet, by its type in DuckDB; in the order in which they are written. Sealed bytes
 * stand there as they are, in JSON lines in base64.
 */
export const lakeEventColumns = {
  profileId: 'VARCHAR',
  version: 'BIGINT',
  eventId: 'VARCHAR',
  messageId: 'VARCHAR',
  type: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  receivedAt: 'TIMESTAMP',
  committedAt: 'TIMESTAMP',
  source: 'VARCHAR',
  sessionId: 'VARCHAR',
  device: 'VARCHAR',
  orderId: 'VARCHAR',
  amountMinor: 'BIGINT',
  amount: 'DECIMAL(28,10)',
  currency: 'VARCHAR',
  channel: 'VARCHAR',
  properties: 'VARCHAR',
  context: 'VARCHAR',
  sealed: 'BLOB',
} as const satisfies Record<keyof LakeEvent, string>;
