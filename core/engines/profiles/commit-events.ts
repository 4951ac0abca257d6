import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { contextSource, gpcSource, optOutSources, withdrawingSources } from '../../model/consent-source.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type { Identifier } from '../../model/identifier.ts';
import type { ConsentPatch } from '../../model/profile.ts';
import {
  type Counters,
  emptyCounters,
  type Head,
  type PersonRecord,
  type ProfileState,
  type Provenance,
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

export interface FoldContext {
  accountCurrency: string;
  /** What the events make of orders. */
  orderChanges: readonly OrderChange[];
  newIdentifiers: readonly Identifier[];
  /** Objections of who else the events' identifiers belong to: the same browser, somebody else's profile. */
  optOuts?: readonly Provenance[];
  /** Epoch ms. */
  now: number;
}

/** The profile after these events, none of which it has seen. The caller sets `lastChunk` and makes room in the ring. */
export const commitEvents = (
  before: ProfileState,
  events: readonly AcceptedEvent[],
  context: FoldContext,
): ProfileState => {
  const attached = attachIdentifiers(before.person, events, context.newIdentifiers);
  const person = events.reduce(writeFromEvent, (context.optOuts ?? []).reduce(withOptOut, attached));
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
  const { traits, timestamp, messageId, context } = event;
  const said = { at: Date.parse(timestamp), id: messageId };
  const asked = context?.gpc === true ? withOptOut(person, { ...said, source: gpcSource }) : person;
  const consent = heldBack(consentIn(event), asked);
  if (!traits && !consent) return asked;
  return writePerson(asked, { ...said, source: sourceOf(event), attributes: traits, consent });
};

/** Who unsubscribes from e-mail, or complains of it, says no to it, whatever else the event says. */
const consentIn = ({ type, consent }: AcceptedEvent): ConsentPatch | undefined =>
  withdrawingSources.has(type) ? { ...consent, email: false } : consent;

const sourceOf = ({ source, type, consent, context }: AcceptedEvent): string => {
  if (withdrawingSources.has(type)) return type;
  return consent && context?.consent ? contextSource : (source ?? 'event');
};

/** A browser that asks not to be sold or shared says so with every event: the first one is what counts. */
export const withOptOut = (person: PersonRecord, optOut: Provenance): PersonRecord => {
  const standing = person.consent.saleSharing;
  const isSaid = standing?.granted === false && standing.source === gpcSource;
  if (isSaid && standing.at <= optOut.at) return person;
  return writePerson(isSaid ? withoutSale(person) : person, { ...optOut, consent: { saleSharing: false } });
};

const withoutSale = (person: PersonRecord): PersonRecord => {
  const { saleSharing: _saleSharing, ...consent } = person.consent;
  return { ...person, consent };
};

/** What events say of sale and sharing does not stand against a browser that asks not to be; what a person says does. */
const heldBack = (consent: ConsentPatch | undefined, { consent: { saleSharing } }: PersonRecord) =>
  consent?.saleSharing === true && saleSharing?.granted === false && optOutSources.has(saleSharing.source)
    ? { ...consent, saleSharing: undefined }
    : consent;
