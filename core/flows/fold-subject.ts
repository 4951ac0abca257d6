import { agreedIn, takenBackSince } from '../engines/consent/taken-back-since.ts';
import { rescored } from '../engines/intelligence/rescore.ts';
import { begunBy } from '../engines/profiles/begun-by.ts';
import { blankProfile, commitEvents, type FoldContext } from '../engines/profiles/commit-events.ts';
import { consentSaid } from '../engines/profiles/consent-said.ts';
import { orderIdOf, ordersIn } from '../engines/profiles/order-state.ts';
import { isOrderFull, isTooLarge, makesLarger } from '../engines/profiles/profile-size.ts';
import type { Subject } from '../engines/profiles/resolve-subjects.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { gpcSource, optOutSources } from '../model/consent-source.ts';
import { matchKey } from '../model/identifier.ts';
import type { OrderState } from '../model/order.ts';
import type { ProfileState, Provenance } from '../model/profile-state.ts';
import { IdentifierTaken, ProfileChanged, type ProfileStore, type SeenMessages } from '../ports/profile-store.ts';
import { ownOrdersIn } from './own-orders.ts';
import { consentMissing, type FoldOutcome, type FoldTools, profileNotFound, setAside } from './set-aside.ts';

/** Gives the events of one subject their effect, and counts it; returns those that are to be tried again. */
export const foldSubject = async (
  { profileId, events: given, newIdentifiers }: Subject,
  states: ReadonlyMap<string, ProfileState>,
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const before = profileId === undefined ? newcomer(given, tools) : (states.get(profileId) ?? lost(profileId, given));
  if (!before) return setAside(given, () => profileNotFound, outcome, tools);
  if (before.head.life === 'erased') {
    outcome.refused += given.length;
    for (const event of given) outcome.fates.set(event.id, 'refused');
    return [];
  }
  const events = await withConsent(given, before, outcome, tools);
  if (events.length === 0) return [];
  try {
    const seen = await seenOf(before, events, tools.profiles);
    const fresh = firstOfEach(events).filter(event => !seen.has(event.messageId));
    const { heavy, later } =
      fresh.length > 0
        ? await commitFresh(before, fresh, { newIdentifiers, optOuts: optOutsOf(before, fresh, states) }, tools)
        : { heavy: [], later: [] };
    if (heavy.length > 0) return foldWithout(heavy, events, outcome, tools);
    outcome.stored += fresh.length - later.length;
    outcome.duplicates += events.length - fresh.length;
    const stored = new Set([...fresh.map(event => event.id), ...seen.values()]);
    const firsts = new Map(fresh.map(({ id, messageId }) => [messageId, id]));
    for (const { id, messageId } of events) {
      if (stored.has(id)) continue;
      outcome.fates.set(id, 'duplicate');
      outcome.originals.set(id, seen.get(messageId) ?? firsts.get(messageId) ?? id);
    }
    return later;
  } catch (fault) {
    if (fault instanceof ProfileChanged || fault instanceof IdentifierTaken) return [...events];
    throw fault;
  }
};

/** Keeps aside what a person has not agreed to. What was folded once is not asked again. */
const withConsent = async (
  events: readonly AcceptedEvent[],
  { person }: ProfileState,
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<readonly AcceptedEvent[]> => {
  if (!tools.consentRequired) return events;
  const said = events.filter(event => event.consent?.tracking !== undefined);
  const last = said.reduce<AcceptedEvent | undefined>(
    (newest, event) => (newest && newest.timestamp > event.timestamp ? newest : event),
    undefined,
  );
  const standing = person.consent.tracking;
  const isLater = last !== undefined && (standing === undefined || Date.parse(last.timestamp) >= standing.at);
  const agreed = isLater ? last.consent?.tracking === true : standing?.granted === true;
  if (agreed) return events;
  const isExempt = ({ type, consent, replayed }: AcceptedEvent) =>
    replayed !== undefined || type === 'consent' || consent !== undefined || tools.consentExempt?.includes(type);
  return setAside(events, event => (isExempt(event) ? undefined : consentMissing), outcome, tools);
};

/** Keeps aside what would make the profile larger than an item may be; the rest is tried again. */
const foldWithout = (
  heavy: readonly AcceptedEvent[],
  events: readonly AcceptedEvent[],
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const ids = new Set(heavy.map(event => event.messageId));
  return setAside(events, event => (ids.has(event.messageId) ? 'profile_too_large' : undefined), outcome, tools);
};

/** Objections of the browsers that these events came from, where another profile has them. */
const optOutsOf = (
  before: ProfileState,
  events: readonly AcceptedEvent[],
  states: ReadonlyMap<string, ProfileState>,
): Provenance[] => {
  const keys = new Set(events.flatMap(({ identifiers }) => identifiers.map(matchKey)));
  return [...new Set(states.values())].flatMap(({ id, person }) => {
    const standing = person.consent.saleSharing;
    const objects = standing?.granted === false && optOutSources.has(standing.source);
    if (id === before.id || !objects || !person.identifiers.some(({ key }) => keys.has(key))) return [];
    return [{ at: standing.at, id: standing.id, source: gpcSource }];
  });
};

const newcomer = (events: readonly AcceptedEvent[], { newId, now }: FoldTools): ProfileState => {
  const firstSeenAt = Math.min(...events.map(event => Date.parse(event.timestamp)));
  return blankProfile(newId('profile'), now().getTime(), firstSeenAt);
};

/** A profile whose events are in the archive comes back as it was. */
const lost = (profileId: string, events: readonly AcceptedEvent[]): ProfileState | undefined => {
  const committed = events.flatMap(({ replayed }) => replayed?.at ?? []);
  const firstSeenAt = Math.min(...events.map(event => Date.parse(event.timestamp)));
  return committed.length === 0 ? undefined : blankProfile(profileId, Math.min(...committed), firstSeenAt);
};

/** Of events that bring the same message the one that came first. */
const firstOfEach = (events: readonly AcceptedEvent[]): AcceptedEvent[] => {
  const first = new Map<string, AcceptedEvent>();
  for (const event of events) if (!first.has(event.messageId)) first.set(event.messageId, event);
  return [...first.values()];
};

const seenOf = async (
  profile: ProfileState,
  events: readonly AcceptedEvent[],
  profiles: ProfileStore,
): Promise<SeenMessages> => {
  if (profile.head.version === 0) return new Map();
  const [seen = new Map()] = await profiles.seenMessages([{ profile, events: firstOfEach(events) }]);
  return seen;
};

/** What a commit left over; where anything is heavy, nothing of it happened. */
interface LeftOver {
  /** What the profile has no room for. */
  heavy: AcceptedEvent[];
  /** What one commit could not hold as well. */
  later: AcceptedEvent[];
}

/** Commits the events, as many as one commit may hold, or none where the profile has no room for some. */
const commitFresh = async (
  before: ProfileState,
  events: readonly AcceptedEvent[],
  found: Pick<FoldContext, 'newIdentifiers' | 'optOuts'>,
  tools: FoldTools,
): Promise<LeftOver> => {
  const { profiles, accountCurrency, now } = tools;
  const { changes, writes } = await ownOrdersIn(ordersIn(events, accountCurrency), before, tools);
  const later = before.head.version === 0 ? [] : beyondOneCommit(events, writes, found.newIdentifiers.length);
  if (later.length > 0) {
    const some = events.filter(event => !later.includes(event));
    const left = some.length > 0 ? await commitFresh(before, some, found, tools) : { heavy: [], later: [] };
    return { ...left, later: [...left.later, ...later] };
  }
  const context = { accountCurrency, orderChanges: changes, ...found, now: commitTime(before, events, now) };
  const folded = asOfFirst(commitEvents(before, events, context), before, events);
  const after = await predicted(await withTakenBack(folded, events, profiles), events, context.now, tools);
  const heavy = heavyOf(events, after, writes);
  const again = events.some(({ replayed }) => replayed !== undefined);
  if (heavy.length === 0)
    await profiles.commit({
      ...{ before, after, events: events.map(asAccepted), again, orders: writes },
      ...(after.person === before.person ? {} : { said: consentSaid(before.person, events, found.optOuts) }),
    });
  return { heavy, later: [] };
};

/** Only a merge lets a yes stand against a later no: nobody else's ledger needs to be asked. */
const withTakenBack = async (
  after: ProfileState,
  events: readonly AcceptedEvent[],
  profiles: ProfileStore,
): Promise<ProfileState> => {
  const agreed = agreedIn(events);
  if (agreed.size === 0 || !after.head.merges?.length) return after;
  return { ...after, person: takenBackSince(after.person, agreed, await profiles.ownConsentLedger(after.id)) };
};

/** What is predicted follows in the same commit: so it happens as often as the events do. */
const predicted = async (
  state: ProfileState,
  events: readonly AcceptedEvent[],
  now: number,
  { scoring }: FoldTools,
): Promise<ProfileState> => {
  if (!scoring || !events.some(({ type }) => type === 'purchase')) return state;
  if (state.person.consent.profiling?.granted === false) return state;
  const counters = rescored(state.head.counters, events, await scoring.get(), now);
  return counters === state.head.counters ? state : { ...state, head: { ...state.head, counters } };
};

/** What is only replayed is as of when it was committed, so that nobody can tell it from the first time. */
const commitTime = ({ head }: ProfileState, events: readonly AcceptedEvent[], now: () => Date): number => {
  const replayed = events.map(event => event.replayed?.at);
  if (replayed.includes(undefined)) return now().getTime();
  return Math.max(head.updatedAt, ...replayed.map(at => at ?? 0));
};

/** A profile that was lost is there since the first commit of what is replayed for it. */
const asOfFirst = (after: ProfileState, before: ProfileState, events: readonly AcceptedEvent[]): ProfileState => {
  const begun = begunBy(after, Math.min(...events.map(({ replayed }) => replayed?.at ?? Number.POSITIVE_INFINITY)));
  const isWritten = begun === after || after.person.version !== before.person.version;
  return isWritten ? begun : { ...begun, person: { ...begun.person, version: before.person.version + 1 } };
};

/** As it came the first time. */
const asAccepted = ({ replayed: _replayed, ...event }: AcceptedEvent): AcceptedEvent => event;

/** A transaction takes 100 writes: the head, the person, four consents, claims, and at least these orders. */
const writesMax = 94;
const ordersMin = 4;

const beyondOneCommit = (
  events: readonly AcceptedEvent[],
  writes: ReadonlyMap<string, OrderState>,
  claims: number,
): AcceptedEvent[] => {
  const beyond = new Set([...writes.keys()].slice(Math.max(ordersMin, writesMax - claims)));
  return beyond.size === 0 ? [] : events.filter(event => beyond.has(orderIdOf(event) ?? ''));
};

const heavyOf = (
  events: readonly AcceptedEvent[],
  after: ProfileState,
  writes: ReadonlyMap<string, OrderState>,
): AcceptedEvent[] => {
  const full = new Set([...writes].flatMap(([orderId, order]) => (isOrderFull(order) ? [orderId] : [])));
  if (full.size > 0) return events.filter(event => event.type === 'refund' && full.has(orderIdOf(event) ?? ''));
  return isTooLarge(after) ? events.filter(makesLarger) : [];
};
