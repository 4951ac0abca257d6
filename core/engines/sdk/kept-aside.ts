import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { byStrength, type Identifier, impliedIdentifiers, whyUnusable } from '../../model/identifier.ts';
import type { CalledEvent } from './event-of.ts';
import { messageIdOf } from './message-id.ts';
import { isObject, textOf } from './read-member.ts';

/** How an event is known that is kept aside. Times are ISO 8601. */
export interface Held {
  id: string;
  messageId: string;
  receivedAt: string;
  /** When it happened, as far as that can be told. */
  timestamp: string;
  /** What the client said instead, where that is why it is kept aside. */
  originalTimestamp?: string | undefined;
  reason: string;
}

/** An item has at most 400 KB, and an event that may go on at most 32. */
const textMax = 100_000;

const written = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, textMax);

const usable = (named: readonly Identifier[]): Identifier[] =>
  named.filter(one => one.value.length <= 256 && whyUnusable(one) === undefined).sort(byStrength);

const namedBy = ({ identifiers = [], anonymousId, deviceId, traits }: CalledEvent): Identifier[] => [
  ...identifiers,
  ...impliedIdentifiers(traits),
  ...(deviceId === undefined ? [] : [{ type: 'deviceId' as const, value: deviceId }]),
  ...(anonymousId === undefined ? [] : [{ type: 'anonymousId' as const, value: anonymousId }]),
];

/** An event that breaks a rule, as it is kept aside: whole, so that a patch can mend it. */
export const heldEvent = (
  event: CalledEvent,
  { id, messageId, receivedAt, timestamp, originalTimestamp, reason }: Held,
): AcceptedEvent => ({
  id,
  messageId,
  type: event.type,
  timestamp,
  receivedAt,
  ...(originalTimestamp === undefined ? {} : { originalTimestamp }),
  identifiers: usable(namedBy(event)),
  properties: event.properties,
  ...(event.traits === undefined ? {} : { traits: event.traits }),
  ...(event.sessionId === undefined ? {} : { sessionId: event.sessionId }),
  source: event.source,
  context: event.context,
  quarantine: reason,
});

/** An event that is larger than one may be: what it said stands as text, cut where it is very long. */
export const largeEvent = (event: CalledEvent, held: Held): AcceptedEvent => {
  const { traits: _traits, ...whole } = heldEvent(event, held);
  return {
    ...whole,
    properties: { data: written({ properties: event.properties, traits: event.traits }) },
    context: {},
  };
};

/**
 * What is no call that anybody could read, under its own message id where it has one, and with whoever it names, so that
 * it goes when they are erased.
 */
export const unreadableCall = (given: unknown, { id, receivedAt }: Pick<Held, 'id' | 'receivedAt'>): AcceptedEvent => {
  const said = isObject(given) ? given : {};
  const { userId, anonymousId } = said;
  const [customer, visitor] = [textOf(userId), textOf(anonymousId)];
  return {
    id,
    messageId: messageIdOf(said) ?? id,
    type: 'unreadable',
    timestamp: receivedAt,
    receivedAt,
    identifiers: usable([
      ...(customer === undefined ? [] : [{ type: 'customerId' as const, value: customer }]),
      ...(visitor === undefined ? [] : [{ type: 'anonymousId' as const, value: visitor }]),
    ]),
    properties: { data: written(given) },
    quarantine: 'envelope_unreadable',
  };
};
