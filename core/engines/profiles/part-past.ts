import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { type Identifier, matchKey } from '../../model/identifier.ts';
import type { MergedPair } from '../../model/merge-record.ts';
import { emptyOrder, type OrderState } from '../../model/order.ts';
import { type ConsentStatement, consentStatements, familyOf, type ProfileState } from '../../model/profile-state.ts';
import { commitEvents } from './commit-events.ts';
import { consentSaid } from './consent-said.ts';
import { editProfile, noteProfile, type ProfileEdit } from './edit-profile.ts';
import { joinOrders, orderChanges, ordersIn } from './order-state.ts';
import { resolveSubjects } from './resolve-subjects.ts';

/** What was written into a profile by hand. */
interface Edit {
  named: string;
  /** The key of the identifier by which it was found, where nobody named it. */
  via?: string | undefined;
  edit: ProfileEdit;
  by: { at: number; id: string; source: string };
  said?: boolean | undefined;
}

/** What one commit brought. */
export interface PartedCommit {
  version: number;
  events: AcceptedEvent[];
  edit?: Edit;
}

/** One of two profiles as it would stand had they never been merged. */
export interface PartedSide {
  state: ProfileState;
  /** Its part of what came since. */
  commits: PartedCommit[];
  /** What its part says of consent, in its order. */
  said: ConsentStatement[];
  /** What it has of the orders that were told of. */
  orders: Map<string, OrderState>;
  /** The ids of those that it is to keep anew. */
  told: Set<string>;
}

/** A merge, and all that came after it. */
export interface MergedPast {
  before: MergedPair;
  commits: readonly PartedCommit[];
  /** Match keys that the merged profile has now: what it lost since comes back to nobody. */
  heldKeys: ReadonlySet<string>;
  /** What both had of the orders that were told of since. */
  orders: { primary: ReadonlyMap<string, OrderState>; secondary: ReadonlyMap<string, OrderState> };
  accountCurrency: string;
  /** Epoch ms. */
  now: number;
}

export interface PartedPair {
  primary: PartedSide;
  secondary: PartedSide;
}

/**
 * Divides what came after a merge between the two: every commit is gone through once more in its order, and each event
 * goes to whom it would have gone had both stayed apart, by the name or the identifier that it came by. What nobody but
 * the merged profile was named by stays with the survivor.
 */
export const partPast = (past: MergedPast): PartedPair => {
  const pair: PartedPair = {
    primary: sideOf(past.before.primary, past.orders.primary),
    secondary: sideOf(past.before.secondary, past.orders.secondary),
  };
  for (const commit of past.commits) {
    partEvents(commit, pair, past);
    if (commit.edit) partEdit({ ...commit, edit: commit.edit }, pair, past);
  }
  return pair;
};

const sideOf = (state: ProfileState, orders: ReadonlyMap<string, OrderState>): PartedSide => ({
  state,
  commits: [],
  said: [],
  orders: new Map(orders),
  told: new Set(),
});

const partEvents = ({ version, events }: PartedCommit, pair: PartedPair, past: MergedPast): void => {
  if (events.length === 0) return;
  const { primary, secondary } = past.before;
  const secondaryIds = new Set(familyOf(secondary));
  const originals = new Map(events.map(event => [event.id, event]));
  const subjects = resolveSubjects(
    events.map(event => asked(event, secondaryIds, past)),
    {
      ownerOf: key => (hasKey(pair.primary, key) ? primary.id : hasKey(pair.secondary, key) ? secondary.id : undefined),
      identifiersOf: id => (id === secondary.id ? pair.secondary : pair.primary).state.person.identifiers,
    },
  );
  for (const [name, side] of [
    ['primary', pair.primary],
    ['secondary', pair.secondary],
  ] as const) {
    const own = subjects.filter(({ profileId }) => (profileId === secondary.id) === (name === 'secondary'));
    const ids = new Set(own.flatMap(subject => subject.events.map(({ id }) => id)));
    const part = events.filter(({ id }) => ids.has(id)).flatMap(({ id }) => originals.get(id) ?? []);
    foldPart(
      side,
      { version, events: part },
      own.flatMap(({ newIdentifiers }) => newIdentifiers),
      past,
    );
  }
};

/** By whom the event would be asked for: under one of the two names, and by identifiers that were not lost since. */
const asked = (
  event: AcceptedEvent,
  secondaryIds: ReadonlySet<string>,
  { before: { primary, secondary }, heldKeys }: MergedPast,
): AcceptedEvent => {
  const identifiers = event.identifiers.filter(one => heldKeys.has(matchKey(one)));
  if (event.profileId === undefined) return { ...event, identifiers };
  return { ...event, identifiers, profileId: secondaryIds.has(event.profileId) ? secondary.id : primary.id };
};

const hasKey = ({ state }: PartedSide, key: string): boolean => state.person.identifiers.some(one => one.key === key);

const foldPart = (
  side: PartedSide,
  commit: PartedCommit,
  newIdentifiers: readonly Identifier[],
  { accountCurrency, now }: MergedPast,
): void => {
  if (commit.events.length === 0) return;
  const told = ordersIn(commit.events, accountCurrency);
  const context = { accountCurrency, orderChanges: orderChanges(told, side.orders), newIdentifiers, now };
  const said = consentSaid(side.state.person, commit.events);
  goOn(side, commit, said, commitEvents(side.state, commit.events, context));
  for (const [orderId, order] of told.named) {
    side.orders.set(orderId, joinOrders(side.orders.get(orderId) ?? emptyOrder, order));
    side.told.add(orderId);
  }
};

const goOn = (side: PartedSide, commit: PartedCommit, said: readonly ConsentStatement[], after: ProfileState): void => {
  side.commits.push(commit);
  side.said.push(...said);
  side.state = after;
};

const partEdit = (commit: PartedCommit & { edit: Edit }, pair: PartedPair, past: MergedPast): void => {
  const { version, edit } = commit;
  const [side, other] = isOfSecondary(edit, pair, past)
    ? [pair.secondary, pair.primary]
    : [pair.primary, pair.secondary];
  const identifiers = edit.edit.identifiers.filter(one => {
    const key = matchKey(one);
    return past.heldKeys.has(key) && !hasKey(other, key);
  });
  const write = edit.said ? noteProfile : editProfile;
  const after = write(side.state, { ...edit.edit, identifiers }, edit.by);
  if (after === side.state) return;
  goOn(side, { version, events: [], edit }, consentStatements(side.state.person, after.person), after);
};

const isOfSecondary = ({ named, via }: Edit, pair: PartedPair, { before }: MergedPast): boolean =>
  via === undefined ? familyOf(before.secondary).includes(named) : hasKey(pair.secondary, via);
