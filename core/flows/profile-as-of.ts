import { ordersIn } from '../engines/profiles/order-state.ts';
import { type Changeable, personAsOf } from '../engines/profiles/person-as-of.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import { recomputeCounters } from '../engines/profiles/recompute-counters.ts';
import { notFound } from '../errors.ts';
import { consentChannels, type Profile } from '../model/profile.ts';
import type { PersonRecord, ProfileState } from '../model/profile-state.ts';
import type { Membership, MembershipStore, PastStay } from '../ports/membership-store.ts';
import type { ConsentEntry, ProfileStore } from '../ports/profile-store.ts';
import { staysAt } from './stays-at.ts';

interface AsOfTools {
  profiles: Pick<ProfileStore, 'attributeHistory' | 'consentLedger' | 'history'>;
  memberships: Pick<MembershipStore, 'ofProfile' | 'pastStays'>;
  accountCurrency: string;
}

/** A profile as it was, and what of it is not as it was, because that is not kept. */
export interface PastProfile {
  profile: Profile;
  notReconstructed: string[];
}

/**
 * A profile as it was at an instant (epoch ms): attributes, identifiers and values set by hand by what was committed,
 * consent by what was said until then, counters by the events that had been received and are still kept, segments by
 * when they were entered and left.
 *
 * @throws Problem `NOT_FOUND` where there was no such profile yet
 */
export const profileAsOf = async (state: ProfileState, at: number, tools: AsOfTools): Promise<PastProfile> => {
  const { id, head } = state;
  if (at < head.createdAt) throw notFound('Profile', `${id} at ${new Date(at).toISOString()}`);
  const [noted, ledger, memberships, stays] = await Promise.all([
    tools.profiles.attributeHistory(id),
    tools.profiles.consentLedger(id),
    tools.memberships.ofProfile(id),
    tools.memberships.pastStays(id),
  ]);
  const past = personAsOf({ person: state.person, overrides: head.counters.overrides }, noted, at);
  /** What traits were is not kept. */
  const { traits, ...own } = past.person;
  const person = { ...own, consent: consentAsOf(ledger, at) };
  const { counters, complete, newestAt } = await countersAsOf(state, past, at, tools);
  const changedAt = [head.createdAt, newestAt, ...noted.map(one => one.at).filter(one => one <= at)];
  const updatedAt = Math.max(...changedAt);
  const then = { id, head: { ...head, counters, updatedAt }, person: { ...person, updatedAt } };
  const instant = new Date(at).toISOString();
  return {
    profile: profileView(
      then,
      staysAt(memberships, stays, instant).map(({ segmentId }) => segmentId),
    ),
    notReconstructed: [
      ...(complete ? [] : ['computed']),
      /** What a merge decided about consent is in its record, and not in what people said. */
      ...(head.members ? ['consent'] : []),
      ...(memberships.every(one => isKnownAt(one, stays, instant)) ? [] : ['segments']),
      ...(traits === undefined ? [] : ['traits']),
    ],
  };
};

/** Of what was said of each channel until then the last. */
const consentAsOf = (ledger: readonly ConsentEntry[], at: number): PersonRecord['consent'] => {
  const said = ledger.filter(entry => entry.at <= at).sort((left, right) => left.at - right.at);
  return Object.fromEntries(
    consentChannels.flatMap(channel => {
      const last = said.findLast(({ changes }) => changes[channel] !== undefined);
      if (!last) return [];
      const { changes, pending: _pending, ...shown } = last;
      return [[channel, { ...shown, granted: changes[channel] === true }]];
    }),
  );
};

const countersAsOf = async (
  state: ProfileState,
  { overrides }: Changeable,
  at: number,
  { profiles, accountCurrency }: AsOfTools,
) => {
  const { events, complete, created } = await profiles.history(state);
  const received = events.filter(({ receivedAt }) => Date.parse(receivedAt) <= at);
  const told = ordersIn(received, accountCurrency);
  const head = { ...state.head, counters: { ...state.head.counters, overrides } };
  const { createdAt } = state.head;
  const begun = received.length > 0 ? created : { first: createdAt, last: createdAt };
  const counters = recomputeCounters({ ...state, head }, { events: received, told, created: begun }, accountCurrency);
  const newestAt = received.reduce((newest, { receivedAt }) => Math.max(newest, Date.parse(receivedAt)), 0);
  /** Whose events are whose is known since they were merged, and not of before. */
  return { counters, complete: complete && !state.head.members, newestAt };
};

/** Before the last entry it is known who had been a member where the stay before it is, or where there was none. */
const isKnownAt = ({ segmentId, member, enteredAt, exitedAt }: Membership, stays: readonly PastStay[], at: string) => {
  const leftBefore = member ? (exitedAt ?? at) <= at : false;
  return (
    enteredAt <= at || leftBefore || stays.some(stay => stay.segmentId === segmentId && stay.exitedAt === exitedAt)
  );
};
