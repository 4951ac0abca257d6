import { unavailable } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { EventPatch } from '../model/event-patch.ts';
import { inLanes } from '../model/in-lanes.ts';
import { addRedriveTallies, emptyRedriveTally, type RedriveTally } from '../model/redrive-tally.ts';
import type { EventStream } from '../ports/outlets.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { HeldEntry, LeavingEntry, QuarantinedEntry, QuarantineStore } from '../ports/quarantine.ts';
import type { Cached } from './cached.ts';
import { type Judgement, judgeAgain } from './judge-again.ts';
import { profileNotFound } from './set-aside.ts';
import type { RedriveJob } from './stored-job.ts';
import type { TrackingPlan } from './tracking-plan.ts';

export interface PageTools {
  quarantine: QuarantineStore;
  events: EventStream;
  profiles: ProfileStore;
  trackingPlan: Cached<TrackingPlan>;
}

interface Redrive {
  job: RedriveJob;
  patch: EventPatch | undefined;
}

/** What becomes of one entry; `sends` is still to be put on the stream. */
interface Settled {
  tally: RedriveTally;
  sends?: { entry: { id: string; day: string }; event: AcceptedEvent };
}

const [lanes, triesMax] = [8, 20];

/**
 * Redrives some entries: settles for each what is to become of it, puts what may go on the stream, and lets it go only
 * then. Whoever dies in between is made good by the next one: what was settled is put on the stream as it was settled.
 */
export const redrivePage = async (
  entries: readonly QuarantinedEntry[],
  redrive: Redrive,
  tools: PageTools,
): Promise<RedriveTally> => {
  const isThere = askedOnce(tools.profiles);
  const settled = await inLanes(entries, lanes, entry => settle(entry, redrive, isThere, tools));
  const sends = settled.flatMap(one => one.sends ?? []);
  if (sends.length > 0) await tools.events.put(sends.map(({ event }) => event));
  await inLanes(sends, lanes, ({ entry, event }) => tools.quarantine.letGo(entry, event.redrive?.attempt ?? 0));
  return settled.map(({ tally }) => tally).reduce(addRedriveTallies, emptyRedriveTally);
};

/** It is not meant, or left the quarantine before. */
const passedOver = ({ selection }: RedriveJob): Settled => ({
  tally: 'ids' in selection ? { ...emptyRedriveTally, notFound: 1 } : emptyRedriveTally,
});

const settle = async (
  found: QuarantinedEntry,
  redrive: Redrive,
  isThere: IsThere,
  { quarantine, trackingPlan }: PageTools,
): Promise<Settled> => {
  const { job } = redrive;
  let entry: QuarantinedEntry | undefined = found;
  for (let tries = 0; entry && tries < triesMax; tries += 1) {
    if (entry.by?.jobId === job.id && entry.state !== 'leaving') return settledBefore(entry);
    if (entry.state === 'gone' || !isWanted(entry, job)) return passedOver(job);
    const judgement = await judged(entry, redrive, isThere, trackingPlan);
    if (job.dryRun) return { tally: tallyOf(entry.id, judgement) };
    if (await keep(entry, judgement, job.id, quarantine)) return settledNow(entry, judgement);
    [entry] = await quarantine.find([found.id]);
  }
  if (entry) throw unavailable(`Event ${found.id} in the quarantine`);
  return passedOver(job);
};

const isWanted = ({ event, reason }: HeldEntry | LeavingEntry, { selection }: RedriveJob): boolean => {
  if ('ids' in selection) return true;
  const receivedAt = Date.parse(event.receivedAt);
  return (
    (selection.reason === undefined || selection.reason === reason) &&
    (selection.type === undefined || selection.type === event.type) &&
    receivedAt >= selection.from &&
    receivedAt < selection.until
  );
};

/** What was settled once is not judged again: it may be on the stream already. */
const judged = async (
  entry: HeldEntry | LeavingEntry,
  { patch }: Redrive,
  isThere: IsThere,
  trackingPlan: PageTools['trackingPlan'],
): Promise<Judgement> => {
  if (entry.state === 'leaving') return { event: entry.mended };
  const judgement = judgeAgain(entry, patch, await trackingPlan.get());
  const profileId = 'event' in judgement ? judgement.event.profileId : undefined;
  return profileId === undefined || (await isThere(profileId)) ? judgement : { reason: profileNotFound };
};

const keep = (
  entry: HeldEntry | LeavingEntry,
  judgement: Judgement,
  jobId: string,
  quarantine: QuarantineStore,
): Promise<boolean> => {
  if ('event' in judgement) return quarantine.release(entry, judgement.event, jobId);
  return entry.state === 'held' ? quarantine.stay(entry, judgement.reason, jobId) : Promise.resolve(false);
};

const tallyOf = (id: string, judgement: Judgement): RedriveTally =>
  'event' in judgement
    ? { ...emptyRedriveTally, redriven: 1 }
    : { ...emptyRedriveTally, stillQuarantined: 1, examples: [{ id, ...judgement }] };

const settledNow = ({ id, day }: QuarantinedEntry, judgement: Judgement): Settled => ({
  tally: tallyOf(id, judgement),
  ...('event' in judgement ? { sends: { entry: { id, day }, event: judgement.event } } : {}),
});

/** This very job has dealt with it, and died before it could tell. What it sent may have come back since. */
const settledBefore = (entry: QuarantinedEntry): Settled => {
  if (entry.by?.outcome === 'sent' || entry.state === 'gone') return { tally: { ...emptyRedriveTally, redriven: 1 } };
  return { tally: tallyOf(entry.id, { reason: entry.reason }) };
};

type IsThere = (profileId: string) => Promise<boolean>;

/** Many events name the same profile. */
const askedOnce = (profiles: ProfileStore): IsThere => {
  const asked = new Map<string, Promise<boolean>>();
  return id => {
    const answer = asked.get(id) ?? profiles.get(id).then(profile => profile !== undefined);
    asked.set(id, answer);
    return answer;
  };
};
