import type { Audience, AudienceSchedule } from '../contract/audiences.ts';
import { nextRun } from '../engines/activation/next-run.ts';
import { Problem } from '../errors.ts';
import { DocumentChanged } from '../ports/collection.ts';
import { type CommitSyncTools, usablePlatform } from './activate-audience.ts';
import { beginSync } from './begin-sync.ts';
import type { SyncJob } from './stored-job.ts';
import { runningSyncs } from './supersede-syncs.ts';
import { sourcesOf } from './sync-sources.ts';

/**
 * Begins the syncs whose time has come. A due time, the sync that it begins and the time after it are one commit: so each
 * begins one sync, whoever runs this how often. Returns how many were begun.
 */
export const runSchedules = async (tools: CommitSyncTools): Promise<number> => {
  const now = tools.now().toISOString();
  let begun = 0;
  for (const audience of await tools.audiences.all()) {
    if (audience.deleting) continue;
    const due = (audience.schedules ?? []).filter(
      ({ enabled, nextAt }) => enabled && nextAt !== undefined && nextAt <= now,
    );
    for (const { platform } of due) begun += await runOne(audience.id, platform, now, tools);
  }
  return begun;
};

interface Turn {
  audience: Audience;
  job?: SyncJob;
}

/** Takes one due time of a schedule as it is now; 1 where a sync began, 0 where not, or where somebody was faster. */
const runOne = async (id: string, platform: string, now: string, tools: CommitSyncTools): Promise<number> => {
  const audience = await tools.audiences.get(id);
  const schedule = audience?.schedules?.find(one => one.platform === platform);
  if (!audience || !schedule?.nextAt || schedule.nextAt > now || !schedule.enabled) return 0;
  const { audience: taken, job } = await turnOf(audience, schedule, tools);
  const next = { ...taken, version: audience.version + 1 };
  try {
    await tools.commitTogether([tools.audiences.replacing(next), ...(job ? [tools.jobs.adding(job)] : [])]);
    return job ? 1 : 0;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return 0;
    throw fault;
  }
};

const turnOf = async (audience: Audience, schedule: AudienceSchedule, tools: CommitSyncTools): Promise<Turn> => {
  const now = tools.now().getTime();
  const dueAt = Date.parse(schedule.nextAt ?? '');
  const after = nextRun(schedule, dueAt, now);
  const { nextAt: _due, lastSkipped: _skipped, ...rest } = schedule;
  const moved = {
    ...rest,
    lastAt: new Date(dueAt).toISOString(),
    ...(after === undefined ? {} : { nextAt: new Date(after).toISOString() }),
  };
  const reason = await whyNot(audience, schedule, tools);
  if (reason !== undefined) return { audience: withSchedule(audience, { ...moved, lastSkipped: reason }) };
  const platform = usablePlatform(audience, schedule.platform);
  const { operation } = schedule;
  const begun = beginSync(audience, { platform, operation, sources: sourcesOf(audience, operation) }, tools);
  return { audience: withSchedule(begun.audience, { ...moved, lastSyncId: begun.job.id }), job: begun.job };
};

/** Why a due time begins nothing. */
const whyNot = async (
  audience: Audience,
  { platform }: AudienceSchedule,
  tools: CommitSyncTools,
): Promise<string | undefined> => {
  const [running] = await runningSyncs(audience, [platform], tools);
  if (running) return `sync ${running.id} was under way`;
  try {
    usablePlatform(audience, platform);
    return undefined;
  } catch (fault) {
    if (fault instanceof Problem) return fault.message;
    throw fault;
  }
};

const withSchedule = (audience: Audience, schedule: AudienceSchedule): Audience => ({
  ...audience,
  schedules: (audience.schedules ?? []).map(one => (one.platform === schedule.platform ? schedule : one)),
});
