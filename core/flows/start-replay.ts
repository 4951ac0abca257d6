import { emptyReplayTally } from '../model/replay-tally.ts';
import type { Collection } from '../ports/collection.ts';
import { newWork, type ReplayJob, type StoredJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

interface StartTools {
  jobs: Collection<StoredJob>;
  newId: (prefix: string) => string;
  now: () => Date;
}

type Wanted = Pick<ReplayJob, 'from' | 'until' | 'target' | 'dryRun'> & {
  types?: string[] | undefined;
  eventsPerSecond?: number | undefined;
};

/** Makes the job that replays events; its work begins with what follows from its commit. What comes later is not meant. */
export const startReplay = async (wanted: Wanted, tools: StartTools): Promise<ReplayJob> => {
  const { types, eventsPerSecond, target, dryRun } = wanted;
  const now = tools.now();
  const work = newWork(tools.newId('job'), target, [onlyPart], now.toISOString());
  const job: ReplayJob = {
    ...work,
    kind: 'events.replay',
    from: Math.max(0, wanted.from),
    until: Math.min(wanted.until, now.getTime() + 1),
    ...(types === undefined ? {} : { types }),
    ...(eventsPerSecond === undefined ? {} : { eventsPerSecond }),
    target,
    dryRun,
    tally: emptyReplayTally,
  };
  await tools.jobs.add(job);
  return job;
};
