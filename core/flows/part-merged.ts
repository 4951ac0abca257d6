import { orderIdOf } from '../engines/profiles/order-state.ts';
import { type PartedPair, type PartedSide, partPast } from '../engines/profiles/part-past.ts';
import { Problem } from '../errors.ts';
import type { MergeRecord } from '../model/merge-record.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { countedOrdersOf } from './counted-orders.ts';

export interface PartTools {
  profiles: ProfileStore;
  accountCurrency: string;
  now: () => Date;
}

/** The two that a merged profile would be had they stayed apart, and how they are to stand now. */
export interface Parted {
  pair: PartedPair;
  /** Match keys that the one has that goes. */
  claims: string[];
}

/**
 * Finds out what each of two profiles has of all that came since they were merged; writes nothing.
 *
 * @throws Problem `CONFLICT` where some of it has expired
 */
export const partMerged = async (record: MergeRecord, merged: ProfileState, tools: PartTools): Promise<Parted> => {
  const { profiles, accountCurrency, now } = tools;
  const { before } = record;
  const commits = await profiles.since(merged, record.primaryVersion);
  if (!before || !commits) throw expired(record.id);
  const orderIds = [...new Set(commits.flatMap(({ events }) => events.flatMap(event => orderIdOf(event) ?? [])))];
  const [primary, secondary] = await Promise.all([
    countedOrdersOf(orderIds, before.primary, tools),
    countedOrdersOf(orderIds, before.secondary, tools),
  ]);
  const heldKeys = new Set(merged.person.identifiers.map(({ key }) => key));
  const orders = { primary, secondary };
  const pair = partPast({ before, commits, heldKeys, orders, accountCurrency, now: now().getTime() });
  return withIdentifiers(pair, merged);
};

const expired = (mergeId: string): Problem =>
  new Problem('CONFLICT', `Merge ${mergeId} cannot be undone any more: events that came after it have expired`);

/** What was given to the merged profile otherwise stays with the survivor; what was taken from it comes back to nobody. */
const withIdentifiers = ({ primary, secondary }: PartedPair, merged: ProfileState): Parted => {
  const held = new Set(merged.person.identifiers.map(({ key }) => key));
  const [ofPrimary, ofSecondary] = [primary, secondary].map(({ state }) =>
    state.person.identifiers.filter(({ key }) => held.has(key)),
  );
  const known = new Set([...(ofPrimary ?? []), ...(ofSecondary ?? [])].map(({ key }) => key));
  const others = merged.person.identifiers.filter(({ key }) => !known.has(key));
  return {
    pair: {
      primary: identified(primary, [...(ofPrimary ?? []), ...others]),
      secondary: identified(secondary, ofSecondary ?? []),
    },
    claims: (ofSecondary ?? []).map(({ key }) => key),
  };
};

const identified = (side: PartedSide, identifiers: ProfileState['person']['identifiers']): PartedSide => ({
  ...side,
  state: { ...side.state, person: { ...side.state.person, identifiers } },
});
