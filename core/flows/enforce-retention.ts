import { applyCompaction, stillHolds } from '../engines/lake/apply-compaction.ts';
import { runKey } from '../engines/lake/layout.ts';
import { cutoffsAt } from '../engines/retention/policies-in-force.ts';
import { idTime } from '../model/id-time.ts';
import type { LakeDay, LakeSpan } from '../model/lake-partition.ts';
import type { Purge, RetentionCutoff, RetentionPurge } from '../model/retention-policy.ts';
import { listPartitions, type ProfileStore } from '../ports/profile-store.ts';
import { addOrChange } from './add-or-change.ts';
import { eraseProfile } from './erase-profile.ts';
import type { MergeLakeTools } from './merge-lake.ts';
import { currentPolicies, type PolicyTools, purgeId } from './retention-in-force.ts';

export interface RetentionTools extends MergeLakeTools, PolicyTools {
  profiles: ProfileStore;
}

/** What is over of a class, and what of it was removed. */
export interface RetentionTally {
  expired: number;
  removed: number;
}

export interface RetentionReport {
  events: RetentionTally;
  profiles: RetentionTally;
  /** False where time ran out: the next run goes on. */
  complete: boolean;
}

interface RunOptions {
  /** Counts what is over, and removes nothing. */
  dryRun: boolean;
  /** How long it may go on beginning with something. */
  seconds: number;
}

const nothing: RetentionTally = { expired: 0, removed: 0 };
const [firstDay, lastDay] = ['0000-01-01', '9999-12-31'];
const pageSize = 200;

/** Removes what has been kept for as long as it may be. Running twice removes nothing twice. */
export const enforceRetention = async (
  { dryRun, seconds }: RunOptions,
  tools: RetentionTools,
): Promise<RetentionReport> => {
  const at = tools.now().getTime();
  const until = at + seconds * 1000;
  const isTime = (): boolean => tools.now().getTime() <= until;
  const cutoffs = cutoffsAt(await currentPolicies(tools), at);
  const events = cutoffs.events ? await ofEvents(cutoffs.events, dryRun, isTime, tools) : nothing;
  const profiles = cutoffs.profiles ? await ofProfiles(cutoffs.profiles, dryRun, isTime, tools) : nothing;
  return { events, profiles, complete: isTime() };
};

type IsTime = () => boolean;

/** Whether some of it may be over: an event's id tells when it came. */
const mayHold = ({ minEventId, minTime }: LakeSpan, { basis, before }: RetentionCutoff): boolean =>
  (basis === 'occurredAt' ? minTime : (idTime(minEventId) ?? 0)) < before;

const ofEvents = async (
  cutoff: RetentionCutoff,
  dryRun: boolean,
  isTime: IsTime,
  tools: RetentionTools,
): Promise<RetentionTally> => {
  const tally = { ...nothing };
  if (!dryRun) await notePurge(cutoff, tools);
  for (const day of await tools.lakePartitions.days(firstDay, lastDay)) {
    if (!isTime()) return tally;
    if (![...day.runs, ...day.merged].some(span => mayHold(span, cutoff))) continue;
    const files = [...day.runs.flatMap(run => run.files.events), ...day.merged];
    const expired = await tools.lakeFiles.countBefore(files, cutoff);
    tally.expired += expired;
    if (expired > 0 && !dryRun && (await rewriteDay(day, cutoff, tools))) tally.removed += expired;
  }
  return tally;
};

/** What is about to be removed stays removed, also where it is kept elsewhere for a while. */
const notePurge = async (
  { basis, before }: RetentionCutoff,
  { retentionPurges, now }: RetentionTools,
): Promise<void> => {
  const purge = { basis, before, at: now().getTime() };
  const isWithin = (known: Purge) => known.basis === basis && known.before <= before && known.at <= purge.at;
  await addOrChange<RetentionPurge>(purgeId, retentionPurges, known => ({
    id: purgeId,
    version: (known?.version ?? 0) + 1,
    purges: [...(known?.purges ?? []).filter(one => !isWithin(one)), purge],
  }));
};

/** Writes a day anew without what is over. Where somebody else changed it meanwhile, the next run does it. */
const rewriteDay = async (
  day: LakeDay,
  cutoff: RetentionCutoff,
  { lakePartitions, lakeFiles, newId, now }: RetentionTools,
): Promise<boolean> => {
  const plan = { runs: day.runs, merged: day.merged };
  const id = newId('run');
  const { base, merged } = await lakePartitions.aliases();
  const { run, unreadable } = await lakeFiles.compact({
    ...plan,
    aliases: [...base, ...merged],
    without: cutoff,
    keyOf: (layout, part) => runKey(layout, day.day, id, part),
  });
  if (unreadable.length > 0) return false;
  const before = await lakePartitions.day(day.day);
  if (!before || !stillHolds(before, plan)) return false;
  return lakePartitions.replaceDay(applyCompaction(before, plan, run && { id, ...run }, now().getTime()));
};

/** Who has done nothing for so long, and of whom nothing came. */
const ofProfiles = async (
  { basis, before, action }: RetentionCutoff,
  dryRun: boolean,
  isTime: IsTime,
  tools: RetentionTools,
): Promise<RetentionTally> => {
  const tally = { ...nothing };
  for (let partition = 0; partition < listPartitions; partition += 1) {
    let after: string | undefined;
    do {
      if (!isTime()) return tally;
      const page = await tools.profiles.listPartition(partition, pageSize, after);
      for (const { id, head, person } of (await tools.profiles.getMany(page.ids)).values()) {
        const last = basis === 'occurredAt' ? head.counters.lastSeenAt : Math.max(head.updatedAt, person.updatedAt);
        if (head.life !== 'live' || last >= before) continue;
        tally.expired += 1;
        if (dryRun) continue;
        await eraseProfile(id, tools, { anonymised: action === 'anonymise' });
        tally.removed += 1;
      }
      after = page.next;
    } while (after !== undefined);
  }
  return tally;
};
