import type { Audience } from '../contract/audiences.ts';
import type { MessageBody, syncAudienceMember } from '../contract/messages.ts';
import { heldBy } from '../engines/activation/held-by.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Collection } from '../ports/collection.ts';
import type { Queue } from '../ports/outlets.ts';
import type { SyncOutcomes } from '../ports/sync-outcomes.ts';
import { sinceOf } from './begin-sync.ts';
import { type DeliverTools, deliverPeople } from './deliver-people.ts';
import { confirmSteps, leasePeople, type Wanted } from './lease-people.ts';
import { letGo } from './let-go.ts';
import { changeSync } from './note-problem.ts';
import { type PersonStep, planPeople, type SituationTools, type Target } from './plan-people.ts';

type Message = MessageBody<typeof syncAudienceMember>;

export interface SyncTools extends SituationTools, DeliverTools {
  audiences: Collection<Audience>;
  outcomes: SyncOutcomes;
  queues: { syncAudienceMember: Queue<Message> };
}

/**
 * Brings people's state at destinations up to date: reads everything again, decides, takes the right to send, decides
 * again, delivers all rows of an audience at once, and records what was taken and what was not. A row whose answer was
 * lost is sent again under its number. Destinations do not wait for one another.
 */
export const syncMembers = async (messages: readonly Message[], tools: SyncTools): Promise<void> => {
  const groups = new Map<string, Message[]>();
  for (const message of await stillMeant(messages, tools)) {
    const name = `${message.audienceId} ${message.platform}`;
    groups.set(name, [...(groups.get(name) ?? []), message]);
  }
  await inLanes([...groups.values()], groups.size, group => syncGroup(group, tools));
};

/** Whom a sync has queued that was cancelled meanwhile is not told of; a change of a person is followed all the same. */
const stillMeant = async (messages: readonly Message[], { jobs }: Pick<SyncTools, 'jobs'>): Promise<Message[]> => {
  const ids = [...new Set(messages.flatMap(({ syncId }) => syncId ?? []))];
  const found = await Promise.all(ids.map(id => jobs.get(id)));
  const cancelled = new Set(found.flatMap(job => (job?.status === 'cancelled' ? [job.id] : [])));
  return messages.filter(({ syncId }) => syncId === undefined || !cancelled.has(syncId));
};

const syncGroup = async (messages: readonly Message[], tools: SyncTools): Promise<void> => {
  const [{ audienceId, platform } = { audienceId: '', platform: '' }] = messages;
  const wanted = wantedIn(messages);
  const audience = await tools.audiences.get(audienceId);
  const sync = audience?.syncs.find(one => one.platform === platform);
  if (!audience || !sync || sync.error !== undefined) {
    return letGo(wanted, { audienceId, platform, forgotten: audience === undefined }, tools);
  }
  const target = { audience, platform: sync.platform, active: sync.active };
  if (!sync.exchanging) return syncPeople(wanted, target, tools);
  await closeTorn(target, sync, tools);
  return comeBack([...wanted.keys()], wanted, target, tools);
};

/** An exchange whose job has ended otherwise is over: of whom it has left there, nobody knows. */
const closeTorn = async (
  { audience }: Target,
  { syncId }: Audience['syncs'][number],
  tools: SyncTools,
): Promise<void> => {
  if ((await tools.jobs.get(syncId))?.status === 'running') return;
  await changeSync(audience.id, syncId, tools, ({ exchanging, mixed: _mixed, epoch, ...sync }) =>
    exchanging ? { ...sync, ...sinceOf({ exchanging, epoch }, syncId) } : undefined,
  );
};

const wantedIn = (messages: readonly Message[]): Wanted => {
  const wanted = new Map<string, string[]>();
  for (const { profileId, syncId } of messages) {
    const known = wanted.get(profileId) ?? [];
    wanted.set(profileId, syncId === undefined || known.includes(syncId) ? known : [...known, syncId]);
  }
  return wanted;
};

const syncPeople = async (wanted: Wanted, target: Target, tools: SyncTools): Promise<void> => {
  const { audience, platform } = target;
  const ids = [...wanted.keys()];
  const records = await tools.recipients.ofAudience(audience.id, platform, ids);
  const steps = await planPeople(ids, target, records, tools);
  await tellIdle(steps, wanted, tools);
  await noteExchanged(steps, target, tools);
  const { leased, busy } = await leasePeople(steps, wanted, target, tools);
  const { confirmed, changed } = await confirmSteps(leased, target, tools);
  await comeBack([...busy, ...changed], wanted, target, tools);
  await deliverPeople(confirmed, target, tools);
};

const lanes = 24;

/** Tells the syncs about people of whom there is nothing to tell the destination. */
export const tellIdle = async (
  steps: readonly PersonStep[],
  wanted: Wanted,
  { outcomes }: SyncTools,
): Promise<void> => {
  const idle = steps.flatMap(({ profileId, erased, step }) =>
    step.operation === 'none'
      ? (wanted.get(profileId) ?? []).map(syncId => ({ syncId, profileId, erased, skipped: step.skipped }))
      : [],
  );
  await inLanes(idle, lanes, ({ syncId, profileId, erased, skipped }) =>
    erased ? outcomes.drop(syncId, profileId) : outcomes.settle(syncId, profileId, skipped ?? 'unchanged'),
  );
};

/** Whoever was there before everybody was exchanged, and is not there any more since. */
const noteExchanged = async (
  steps: readonly PersonStep[],
  { audience, platform }: Target,
  { recipients, now }: SyncTools,
): Promise<void> => {
  const sync = audience.syncs.find(one => one.platform === platform);
  const gone = steps.flatMap(({ read, erased, step }) =>
    step.operation === 'none' && read?.state === 'sent' && heldBy(read, sync).state === 'no' ? [{ read, erased }] : [],
  );
  await inLanes(gone, lanes, ({ read, erased }) => {
    if (erased) return recipients.forget(read);
    const past = { sent: undefined, before: undefined, updatedAt: now().toISOString() };
    return recipients.settle({ ...read, ...past, state: 'removed', operation: 'remove' }, read);
  });
};

const comeBackSeconds = 10;

/** Somebody else is sending, or the person changed in this very moment: looked at again a little later. */
export const comeBack = (
  profileIds: readonly string[],
  wanted: Wanted,
  { audience, platform }: Target,
  { queues }: { queues: SyncTools['queues'] },
): Promise<void> => {
  const messages = profileIds.flatMap((profileId): Message[] => {
    const message = { audienceId: audience.id, platform, profileId };
    const syncIds = wanted.get(profileId) ?? [];
    return syncIds.length === 0 ? [message] : syncIds.map(syncId => ({ ...message, syncId }));
  });
  return queues.syncAudienceMember.send(messages, comeBackSeconds);
};
