import type { ProblemDetail } from '../errors.ts';
import { type Identifier, matchKey } from './identifier.ts';
import type { AttributesPatch, ConsentPatch } from './profile.ts';

/** An event as it travels and is kept: checked, timed, with ids. Times are ISO 8601 in UTC. */
export interface AcceptedEvent {
  id: string;
  messageId: string;
  type: string;
  timestamp: string;
  receivedAt: string;
  originalTimestamp?: string;
  /** As the caller named it; may have been merged or erased since. */
  profileId?: string;
  /** Usable ones, strongest first. */
  identifiers: Identifier[];
  properties: Record<string, unknown>;
  traits?: AttributesPatch;
  consent?: ConsentPatch;
  sessionId?: string;
  deviceId?: string;
  source?: string;
  /** It came with a key that stands in browsers, with which anybody may say anything. */
  byWriteKey?: boolean;
  context?: Record<string, unknown>;
  /** Set where the event is to be kept aside instead of folded. */
  quarantine?: string;
  /** Set where it is kept aside because the tracking plan says so: what is not as planned. */
  violations?: ProblemDetail[];
  /** Set where the event comes out of the quarantine: which try this is, and the batch that it once came with. */
  redrive?: { attempt: number; batchId?: string };
  /** Set where the event comes out of the archive: whose it is, and when it was committed (epoch ms). */
  replayed?: { profileId: string; at: number };
}

/** The profile that an event belongs to whatever its identifiers tell. */
export const namedProfile = ({ replayed, profileId }: AcceptedEvent): string | undefined =>
  replayed?.profileId ?? profileId;

/** What decides where an event travels, so that the events of one person stay in order. */
export const strongestKey = ({ replayed, profileId, identifiers: [strongest] }: AcceptedEvent): string =>
  replayed?.profileId ?? profileId ?? (strongest ? matchKey(strongest) : '');

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether what came out of the stream is an event that we have accepted: cheap, since every event passes here. */
export const isAcceptedEvent = (value: unknown): value is AcceptedEvent =>
  isMap(value) &&
  [value.id, value.messageId, value.type].every(isText) &&
  [value.timestamp, value.receivedAt].every(isTime) &&
  isMap(value.properties) &&
  Array.isArray(value.identifiers) &&
  value.identifiers.every(one => isMap(one) && isText(one.type) && isText(one.value));
