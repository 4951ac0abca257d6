import { shownDecisions } from '../engines/merge/shown-decisions.ts';
import type { PartedSide } from '../engines/profiles/part-past.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import { notFound } from '../errors.ts';
import type { ConsentDecision, MergeSummary } from '../model/merge-record.ts';
import type { MergeStore } from '../ports/merge-store.ts';
import type { UnmergeOutcome } from './unmerge-profiles.ts';

const isoTime = (at: number): string => new Date(at).toISOString();

/** A merge as it is listed. */
export const shownMerge = ({ at, unmerge, ...merge }: MergeSummary) => ({
  ...merge,
  at: isoTime(at),
  ...(unmerge ? { unmerge: { by: unmerge.by, reason: unmerge.reason, at: isoTime(unmerge.at) } } : {}),
});

/** What became of consents, as it is answered. */
export const shownConsents = (decisions: readonly (ConsentDecision & { mergedId: string })[]) =>
  decisions.map(decision => ({ ...decision, proof: { ...decision.proof, at: isoTime(decision.proof.at) } }));

/** A merge with all that is kept of it. @throws Problem `NOT_FOUND` */
export const showMerge = async (id: string, { merges }: { merges: MergeStore }) => {
  const record = await merges.get(id);
  if (!record) throw notFound('Merge', id);
  const { before, sharedOrders, mergedId } = record;
  return {
    ...shownMerge(record),
    fieldDecisions: shownDecisions(record),
    consentDecisions: shownConsents(record.consentDecisions.map(one => ({ ...one, mergedId }))),
    sharedOrders,
    ...(before
      ? {
          before: { primary: profileView(before.primary), secondary: profileView(before.secondary) },
          moved: {
            identifiers: before.secondary.person.identifiers.length,
            events: before.secondary.head.counters.events,
          },
        }
      : {}),
  };
};

const shownPart = ({ state, commits }: PartedSide) => {
  const profile = profileView(state);
  const eventsSince = commits.reduce((sum, { events }) => sum + events.length, 0);
  return { profile, externalIds: profile.externalIds, eventsSince };
};

/** What undoing a merge comes to. */
export const shownUnmerge = ({ record, parted, merged }: UnmergeOutcome, dryRun: boolean) => ({
  mergeId: record.id,
  status: record.status,
  profileId: record.profileId,
  unmergedId: record.mergedId,
  dryRun,
  ...(parted && merged
    ? {
        diff: {
          merged: profileView(merged),
          primary: shownPart(parted.pair.primary),
          secondary: shownPart(parted.pair.secondary),
        },
      }
    : {}),
});
