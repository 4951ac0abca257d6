import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type { Identifier } from '../../model/identifier.ts';
import { emptyCounters, type Head, type PersonRecord, type ProfileState } from '../../model/profile-state.ts';
import { purchaseValue } from '../../model/purchase.ts';
import { type Contribution, foldEvents } from './fold-events.ts';
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

export interface FoldContext {
  accountCurrency: string;
  /** Message ids of purchases whose order belongs to another message: kept, but their revenue does not count. */
  repeatedOrders: ReadonlySet<string>;
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
  const contributions = events.map(event => contributionOf(event, context));
  const person = events.reduce(writeFromEvent, attachIdentifiers(before.person, events, context.newIdentifiers));
  return {
    id: before.id,
    head: {
      ...before.head,
      version: before.head.version + 1,
      updatedAt: context.now,
      counters: foldEvents(before.head.counters, contributions, context.accountCurrency),
      ring: [...before.head.ring, ...events.map(event => fingerprint(event.messageId))],
    },
    person: person === before.person ? person : { ...person, version: before.person.version + 1 },
  };
};

const contributionOf = (event: AcceptedEvent, { accountCurrency, repeatedOrders }: FoldContext): Contribution => {
  const times = { at: Date.parse(event.timestamp), receivedAt: Date.parse(event.receivedAt) };
  if (event.type !== 'purchase' || repeatedOrders.has(event.messageId)) return times;
  const { amount, currency = accountCurrency } = purchaseValue(event.properties);
  return { ...times, purchase: { amount, currency } };
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

const writeFromEvent = (person: PersonRecord, event: AcceptedEvent): PersonRecord => {
  const { traits, consent, timestamp, messageId } = event;
  if (!traits && !consent) return person;
  const write = { at: Date.parse(timestamp), id: messageId, source: sourceOf(event), attributes: traits, consent };
  return writePerson(person, write);
};

const sourceOf = (event: AcceptedEvent): string => event.source ?? 'event';
