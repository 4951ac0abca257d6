import { checkMerge } from '../engines/merge/check-merge.ts';
import { combineConsent } from '../engines/merge/combine-consent.ts';
import { mergedStates } from '../engines/merge/merged-states.ts';
import { combineCounters } from '../engines/profiles/combine-counters.ts';
import { isTooLarge } from '../engines/profiles/profile-size.ts';
import { unprocessable } from '../errors.ts';
import type { ConsentMergePolicy, MergedPair, MergeReason, MergeRecord, MergeStrategy } from '../model/merge-record.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { PairChange } from '../ports/merge-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { countedOrdersOf } from './counted-orders.ts';

export interface PlanTools {
  profiles: ProfileStore;
  accountCurrency: string;
  consentMergePolicy: ConsentMergePolicy;
  now: () => Date;
}

export interface MergeWish {
  mergeId: string;
  strategy: MergeStrategy;
  reason: MergeReason;
}

/**
 * What a merge makes of two profiles as they were read; writes nothing.
 *
 * @throws Problem `CONFLICT`, `VALIDATION_FAILED`
 */
export const planMerge = async (pair: MergedPair, wish: MergeWish, tools: PlanTools): Promise<PairChange> => {
  const warnings = checkMerge(pair.primary, pair.secondary, wish.reason);
  const at = tools.now().getTime();
  const shared = await sharedOrders(pair, tools);
  const consent = await consentOf(pair, wish, tools);
  const counters = combineCounters(
    pair.primary.head.counters,
    pair.secondary.head.counters,
    [...shared.values()],
    tools.accountCurrency,
  );
  const { after, fieldDecisions, consentDecisions } = mergedStates(pair, { ...wish, counters, consent, at });
  checkRoom(after.primary);
  const record: MergeRecord = {
    id: wish.mergeId,
    status: 'merged',
    profileId: pair.primary.id,
    mergedId: pair.secondary.id,
    strategy: wish.strategy,
    consentPolicy: tools.consentMergePolicy,
    reason: wish.reason,
    warnings,
    at,
    primaryVersion: after.primary.head.version,
    fieldDecisions,
    consentDecisions,
    sharedOrders: [...shared.keys()],
    before: pair,
  };
  return changeOf(pair, after, record);
};

const changeOf = (before: MergedPair, after: MergedPair, record: MergeRecord): PairChange => ({
  record,
  primary: { before: before.primary, after: after.primary },
  secondary: { before: before.secondary, after: after.secondary },
  handover: {
    from: before.secondary.id,
    to: before.primary.id,
    claims: before.secondary.person.identifiers.map(({ key }) => key),
    members: before.secondary.head.members ?? [],
  },
});

const tagsMax = 1000;

const checkRoom = (merged: ProfileState): void => {
  const tooLarge = isTooLarge(merged) || merged.person.attributes.tags.length > tagsMax;
  if (tooLarge) throw unprocessable('body.secondaryProfileIds', 'together they hold more than one profile can');
};

/** Orders that both have, as the counters of each have them. */
const sharedOrders = async ({ primary, secondary }: MergedPair, { profiles }: PlanTools) => {
  const [own, other] = await Promise.all([profiles.orderIds(primary), profiles.orderIds(secondary)]);
  const theirs = new Set(other);
  const both = own.filter(orderId => theirs.has(orderId)).sort();
  const [ofPrimary, ofSecondary] = await Promise.all(
    [primary, secondary].map(state => countedOrdersOf(both, state, { profiles })),
  );
  return new Map(
    both.flatMap(orderId => {
      const [one, two] = [ofPrimary?.get(orderId), ofSecondary?.get(orderId)];
      return one && two ? [[orderId, { one, other: two }] as const] : [];
    }),
  );
};

const consentOf = async (
  { primary, secondary }: MergedPair,
  { reason }: MergeWish,
  { profiles, consentMergePolicy }: PlanTools,
) => {
  const [ledger, otherLedger] = await Promise.all([
    profiles.consentLedger(primary.id),
    profiles.consentLedger(secondary.id),
  ]);
  return combineConsent(
    { consent: primary.person.consent, ledger },
    { consent: secondary.person.consent, ledger: otherLedger },
    { policy: consentMergePolicy, score: reason.score },
  );
};
