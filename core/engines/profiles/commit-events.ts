import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type { Identifier } from '../../model/identifier.ts';
import type { ConsentPatch } from '../../model/profile.ts';
import {
  type Counters,
  emptyCounters,
  type Head,
  type PersonRecord,
  type ProfileState,
} from '../../model/profile-state.ts';
import { foldEvents } from './fold-events.ts';
import { foldOrders } from './fold-orders.ts';
import type { OrderChange } from './order-state.ts';
import { emptyPerson, writePerson } from './write-person.ts';

/** A profile of which nothing is known, as of `at` (epoch ms). */
export const blankProfile = (id: string, at: number, firstSeenAt = at): ProfileState => {
  const head: Head = {
    version: 0,
    life: 'live',
    createdAt: at,
    updatedAt: at,
    counters: emptyCounters(firstSeenAt),
    ring: [],
    pages: 0,
  };
  return { id, head, person: emptyPerson(at) };
};

const unsubscribing = 'email_unsubscribe';

export interface FoldContext {
  accountCurrency: string;
  /** What the events make of orders. */
  orderChanges: readonly OrderChange[];
  newIdentifiers: readonly Identifier[];
  /** Epoch ms. */
  now: number;
}

/** The profile after these events, none of which it has seen. The caller sets `lastChunk` and makes room in the ring. */
export const commitEvents = (
  before: ProfileState,
  events: readonly AcceptedEvent[],
  context: FoldContext,
): ProfileState => {
  const person = events.reduce(writeFromEvent, attachIdentifiers(before.person, events, context.newIdentifiers));
  return {
    id: before.id,
    head: {
      ...before.head,
      version: before.head.version + 1,
      updatedAt: context.now,
      counters: addEvents(before.head.counters, events, context),
      ring: [...before.head.ring, ...events.map(event => fingerprint(event.messageId))],
    },
    person: person === before.person ? person : { ...person, version: before.person.version + 1 },
  };
};

/** The counters with these events in them, none of which they had. */
export const addEvents = (
  counters: Counters,
  events: readonly AcceptedEvent[],
  { orderChanges, accountCurrency }: Pick<FoldContext, 'orderChanges' | 'accountCurrency'>,
): Counters => {
  const contributions = events.map(({ timestamp, receivedAt, type }) => ({
    at: Date.parse(timestamp),
    receivedAt: Date.parse(receivedAt),
    type,
  }));
  return foldOrders(foldEvents(counters, contributions), orderChanges, accountCurrency);
};

const attachIdentifiers = (
  person: PersonRecord,
  events: readonly AcceptedEvent[],
  identifiers: readonly Identifier[],
): PersonRecord => {
  const [first] = events;
  if (!first || identifiers.length === 0) return person;
  return writePerson(person, { at: Date.parse(first.receivedAt), id: first.id, source: sourceOf(first), identifiers });
};

/** What an event says of a person. */
export const writeFromEvent = (person: PersonRecord, event: AcceptedEvent): PersonRecord => {
  const { traits, timestamp, messageId } = event;
  const consent = consentIn(event);
  if (!traits && !consent) return person;
  const write = { at: Date.parse(timestamp), id: messageId, source: sourceOf(event), attributes: traits, consent };
  return writePerson(person, write);
};

/** Who unsubscribes from e-mail says no to it, whatever else the event says. */
const consentIn = ({ type, consent }: AcceptedEvent): ConsentPatch | undefined =>
  type === unsubscribing ? { ...consent, email: false } : consent;

const sourceOf = ({ source, type }: AcceptedEvent): string => source ?? (type === unsubscribing ? type : 'event');
