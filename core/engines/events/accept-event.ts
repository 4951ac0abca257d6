import type { ProblemDetail } from '../../errors.ts';
import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { byStrength, type Identifier, impliedIdentifiers, whyUnusable } from '../../model/identifier.ts';
import { checkPurchase } from '../../model/purchase.ts';
import { correctTime } from './correct-time.ts';
import type { EventWarning, NewEventInput } from './event-input.ts';

export interface Acceptance {
  event?: AcceptedEvent;
  warnings: EventWarning[];
  /** Why the event cannot be accepted; empty when it is. Paths are relative to the event. */
  faults: ProblemDetail[];
}

interface Circumstances {
  id: string;
  /** Used where the client gave none. */
  messageId: string;
  receivedAt: Date;
  sentAt?: string;
  /** An unreadable timestamp is a fault instead of a warning. */
  strict: boolean;
}

/** Judges one event of a client: corrects its time, picks the identifiers that tell who it was, names what is wrong. */
export const acceptEvent = (given: NewEventInput, circumstances: Circumstances): Acceptance => {
  const { id, receivedAt } = circumstances;
  const time = correctTime(given.timestamp, given.sentAt ?? circumstances.sentAt, receivedAt);
  const named = identifiersOf(given);
  const identifiers = named.filter(identifier => whyUnusable(identifier) === undefined).sort(byStrength);
  const warnings = [...time.warnings, ...ignored(named)];
  const faults = [
    ...(circumstances.strict && time.warnings.some(({ code }) => code === 'TIMESTAMP_INVALID')
      ? [{ path: 'timestamp', reason: 'is not an ISO 8601 time' }]
      : []),
    ...(given.profileId === undefined && identifiers.length === 0 ? [nobody(named)] : []),
    ...(given.type === 'purchase' ? checkPurchase(given.properties) : []),
  ];
  if (faults.length > 0) return { warnings, faults };
  const { timestamp: _timestamp, sentAt: _sentAt, anonymousId: _anonymousId, ...kept } = given;
  const event: AcceptedEvent = {
    ...kept,
    id,
    messageId: given.messageId ?? circumstances.messageId,
    timestamp: new Date(time.at).toISOString(),
    receivedAt: receivedAt.toISOString(),
    identifiers,
    ...(time.original === undefined ? {} : { originalTimestamp: time.original }),
    ...(time.quarantine === undefined ? {} : { quarantine: time.quarantine }),
  };
  return { event, warnings, faults };
};

const identifiersOf = (given: NewEventInput): Identifier[] => [
  ...(given.identifiers ?? []),
  ...impliedIdentifiers(given.traits),
  ...(given.deviceId === undefined ? [] : [{ type: 'deviceId' as const, value: given.deviceId }]),
  ...(given.anonymousId === undefined ? [] : [{ type: 'anonymousId' as const, value: given.anonymousId }]),
];

const ignored = (identifiers: Identifier[]): EventWarning[] =>
  identifiers.flatMap(identifier => {
    const reason = whyUnusable(identifier);
    return reason === undefined
      ? []
      : [{ code: 'IDENTIFIER_IGNORED' as const, message: `${identifier.type} ${reason}` }];
  });

const nobody = (named: Identifier[]): ProblemDetail => ({
  path: 'identifiers',
  reason:
    named.length === 0
      ? 'an event names a profileId or an identifier'
      : `none of the identifiers tells who it was: ${named.map(one => `${one.type} ${whyUnusable(one)}`).join('; ')}`,
});
