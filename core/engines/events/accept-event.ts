import type { ProblemDetail } from '../../errors.ts';
import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { byStrength, type Identifier, impliedIdentifiers, whyUnusable } from '../../model/identifier.ts';
import { moneyFaults } from '../../model/money-faults.ts';
import { type CorrectedTime, correctTime, isPlainlyPast } from './correct-time.ts';
import type { EventWarning, NewEventInput } from './event-input.ts';

export interface Acceptance {
  event?: AcceptedEvent | undefined;
  warnings: EventWarning[];
  /** Why the event cannot be accepted; empty when it is. Paths are relative to the event. */
  faults: ProblemDetail[];
}

interface Circumstances {
  id: string;
  /** Used where the client gave none. */
  messageId: string;
  receivedAt: Date;
  /** The same in ISO 8601, where it is known already. */
  receivedAtText?: string;
  sentAt?: string | undefined;
  /** An unreadable timestamp is a fault instead of a warning. */
  strict: boolean;
}

/** Judges one event of a client: corrects its time, picks the identifiers that tell who it was, names what is wrong. */
export const acceptEvent = (given: NewEventInput, circumstances: Circumstances): Acceptance => {
  const { strict } = circumstances;
  const time = timeOf(given, circumstances);
  const { usable, unusable } = judged(identifiersOf(given));
  const warnings = unusable.length === 0 ? time.warnings : [...time.warnings, ...unusable.map(ignored)];
  const faults: ProblemDetail[] = [];
  if (strict && time.warnings.some(({ code }) => code === 'TIMESTAMP_INVALID')) {
    faults.push({ path: 'timestamp', reason: 'is not an ISO 8601 time' });
  }
  if (given.profileId === undefined && usable.length === 0) faults.push(nobody(unusable));
  faults.push(...moneyFaults(given.type, given.properties));
  return faults.length > 0
    ? { warnings, faults }
    : { event: accepted(given, circumstances, time, usable), warnings, faults };
};

/** In ISO 8601 or in epoch ms. */
type EventTime = Pick<CorrectedTime, 'warnings' | 'iso' | 'original' | 'quarantine'> & { at: string | number };

const timeOf = (given: NewEventInput, around: Circumstances): EventTime => {
  const { receivedAt, receivedAtText } = around;
  const { timestamp, sentAt = around.sentAt } = given;
  return timestamp !== undefined && sentAt === undefined && receivedAtText && isPlainlyPast(timestamp, receivedAtText)
    ? { at: timestamp, iso: timestamp, warnings: [] }
    : correctTime(timestamp, sentAt, receivedAt);
};

/** Member by member, since every event passes here: copying an object and leaving out some of it costs ten times more. */
const accepted = (
  given: NewEventInput,
  { id, messageId, receivedAt, receivedAtText = receivedAt.toISOString() }: Circumstances,
  time: EventTime,
  identifiers: Identifier[],
): AcceptedEvent => {
  const event: AcceptedEvent = {
    id,
    messageId: given.messageId ?? messageId,
    type: given.type,
    timestamp: time.iso ?? new Date(time.at).toISOString(),
    receivedAt: receivedAtText,
    identifiers,
    properties: given.properties,
  };
  if (given.profileId !== undefined) event.profileId = given.profileId;
  if (given.traits !== undefined) event.traits = given.traits;
  if (given.consent !== undefined) event.consent = given.consent;
  if (given.sessionId !== undefined) event.sessionId = given.sessionId;
  if (given.deviceId !== undefined) event.deviceId = given.deviceId;
  if (given.source !== undefined) event.source = given.source;
  if (given.context !== undefined) event.context = given.context;
  if (time.original !== undefined) event.originalTimestamp = time.original;
  if (time.quarantine !== undefined) event.quarantine = time.quarantine;
  return event;
};

const identifiersOf = (given: NewEventInput): Identifier[] => {
  const named: Identifier[] = [...(given.identifiers ?? [])];
  if (given.traits !== undefined) named.push(...impliedIdentifiers(given.traits));
  if (given.deviceId !== undefined) named.push({ type: 'deviceId', value: given.deviceId });
  if (given.anonymousId !== undefined) named.push({ type: 'anonymousId', value: given.anonymousId });
  return named;
};

interface Unusable {
  identifier: Identifier;
  reason: string;
}

/** The usable ones strongest first. */
const judged = (named: readonly Identifier[]): { usable: Identifier[]; unusable: Unusable[] } => {
  const usable: Identifier[] = [];
  const unusable: Unusable[] = [];
  for (const identifier of named) {
    const reason = whyUnusable(identifier);
    if (reason === undefined) usable.push(identifier);
    else unusable.push({ identifier, reason });
  }
  return { usable: usable.length > 1 ? usable.sort(byStrength) : usable, unusable };
};

const ignored = ({ identifier, reason }: Unusable): EventWarning => ({
  code: 'IDENTIFIER_IGNORED',
  message: `${identifier.type} ${reason}`,
});

const nobody = (unusable: readonly Unusable[]): ProblemDetail => ({
  path: 'identifiers',
  reason:
    unusable.length === 0
      ? 'an event names a profileId or an identifier'
      : `none of the identifiers tells who it was: ${unusable.map(({ identifier, reason }) => `${identifier.type} ${reason}`).join('; ')}`,
});
