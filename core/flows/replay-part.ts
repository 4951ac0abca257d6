import type { MessageBody, replayPart as ReplayPart, reevaluateProfile } from '../contract/messages.ts';
import { addReplayTallies, emptyReplayTally, type ReplayTally } from '../model/replay-tally.ts';
import type { ArchivedEvent, EventArchive } from '../ports/event-archive.ts';
import type { EventStream, Queue } from '../ports/outlets.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import { type RestoredEvent, restoredEvents } from './restored-events.ts';
import type { JobTools, ReplayJob, ReplayTarget } from './stored-job.ts';
import { type StepOutcome, workStep } from './work-step.ts';

type Message = MessageBody<typeof ReplayPart>;

export interface ReplayPartTools extends JobTools {
  archive: EventArchive;
  seals: ProfileSeals;
  events: EventStream;
  queues: { replayPart: Queue<Message>; reevaluateProfile: Queue<MessageBody<typeof reevaluateProfile>> };
}

const [workSeconds, pageSize] = [20, 500];
/** How long one page of a slow replay stands for. */
const paceSeconds = 5;

/** Replays some events, for as long as there is time or the pace allows; the next message goes on from there. */
export const replayPart = (message: Message, tools: ReplayPartTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  const work = (job: ReplayJob, start: string) => replayStep(job, start, tools);
  return workStep('events.replay', message, work, { jobs, now, queue: queues.replayPart });
};

const replayStep = async (job: ReplayJob, start: string, tools: ReplayPartTools): Promise<StepOutcome<ReplayJob>> => {
  const { from, until, types, eventsPerSecond: pace } = job;
  const limit = pace === undefined ? pageSize : Math.max(1, Math.min(pageSize, Math.floor(pace * paceSeconds)));
  const end = tools.now().getTime() + workSeconds * 1000;
  let { tally } = job;
  let place = start === '' ? undefined : start;
  do {
    const page = await tools.archive.scan({ from, until, types }, limit, place);
    const told = await replayPage(page.events, job, tools);
    tally = addReplayTallies(tally, told);
    place = page.next;
    if (pace !== undefined && place !== undefined) {
      return { next: place, told: { tally }, pauseSeconds: Math.ceil(told.replayed / pace) };
    }
  } while (place !== undefined && tools.now().getTime() < end);
  return { next: place, told: { tally } };
};

const replayPage = async (
  archived: readonly ArchivedEvent[],
  { target, dryRun }: ReplayJob,
  tools: ReplayPartTools,
): Promise<ReplayTally> => {
  const restored = await restoredEvents(archived, tools.seals);
  const found = { found: archived.length, erased: archived.length - restored.length };
  return { ...emptyReplayTally, ...(await replayers[target](restored, dryRun, tools)), ...found };
};

type Replay = (
  restored: readonly RestoredEvent[],
  dryRun: boolean,
  tools: ReplayPartTools,
) => Promise<Partial<ReplayTally>>;

const countTypes = (restored: readonly RestoredEvent[]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const { event } of restored) counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
  return Object.fromEntries(counts);
};

const replayers: Record<ReplayTarget, Replay> = {
  /** Under their own message ids, to those whose they are: whoever has folded them already drops them. */
  profiles: async (restored, dryRun, { events }) => {
    const sent = restored.map(({ event, profileId, committedAt }) => ({
      ...event,
      replayed: { profileId, at: committedAt },
    }));
    if (sent.length > 0 && !dryRun) await events.put(sent);
    return { replayed: sent.length, byType: countTypes(restored) };
  },
  segments: async (restored, dryRun, { queues }) => {
    const ids = [...new Set(restored.map(({ profileId }) => profileId))];
    if (!dryRun) await queues.reevaluateProfile.send(ids.map(profileId => ({ profileId, version: 0 })));
    return { replayed: restored.length, byType: countTypes(restored), profiles: ids.length };
  },
};
