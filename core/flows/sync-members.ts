import type { Audience, Platform } from '../contract/audiences.ts';
import type { MessageBody, syncAudienceMember } from '../contract/messages.ts';
import type { Collection } from '../ports/collection.ts';
import { DeliveryFailed, type Destination } from '../ports/destination.ts';
import type { Queue } from '../ports/outlets.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import { changeDocument } from './change-document.ts';
import { confirmSteps, type Leased, leasePeople, rowOf, settlePeople } from './lease-people.ts';
import { planPeople, type SituationTools, type Target } from './plan-people.ts';

type Message = MessageBody<typeof syncAudienceMember>;

export interface SyncTools extends SituationTools {
  audiences: Collection<Audience>;
  recipients: RecipientStore;
  destinations: Record<Platform, Destination>;
  queues: { syncAudienceMember: Queue<Message> };
  now: () => Date;
}

/**
 * Brings people's state at destinations up to date: reads everything again, decides, takes the right to send, decides
 * again, delivers all rows of an audience at once, and records what was taken. Returns the messages that shall come
 * again; a row whose answer was lost is sent again under its number.
 */
export const syncMembers = async (messages: readonly Message[], tools: SyncTools): Promise<ReadonlySet<Message>> => {
  const groups = new Map<string, Message[]>();
  for (const message of messages) {
    const name = `${message.audienceId} ${message.platform}`;
    groups.set(name, [...(groups.get(name) ?? []), message]);
  }
  const failed = new Set<Message>();
  for (const group of groups.values()) {
    if (!(await syncGroup(group, tools))) for (const message of group) failed.add(message);
  }
  return failed;
};

/** Tells whether the destination took everything, or takes nothing any more. */
const syncGroup = async (messages: readonly Message[], tools: SyncTools): Promise<boolean> => {
  const [{ audienceId, platform } = { audienceId: '', platform: '' }] = messages;
  const audience = await tools.audiences.get(audienceId);
  const sync = audience?.syncs.find(one => one.platform === platform);
  if (!audience || !sync || sync.error !== undefined) return true;
  const target = { audience, platform: sync.platform, active: sync.active };
  return syncPeople([...new Set(messages.map(({ profileId }) => profileId))], target, tools);
};

const syncPeople = async (profileIds: readonly string[], target: Target, tools: SyncTools): Promise<boolean> => {
  const { audience, platform } = target;
  const records = await tools.recipients.ofAudience(audience.id, platform, profileIds);
  const steps = await planPeople(profileIds, target, records, tools);
  const { leased, busy } = await leasePeople(steps, target, tools);
  const { confirmed, changed } = await confirmSteps(leased, target, tools);
  await comeBack([...busy, ...changed], target, tools);
  return deliver(confirmed, target, tools);
};

const comeBackSeconds = 10;

/** Somebody else is sending, or the person changed in this very moment: looked at again a little later. */
const comeBack = (
  profileIds: readonly string[],
  { audience, platform }: Target,
  { queues }: SyncTools,
): Promise<void> =>
  queues.syncAudienceMember.send(
    profileIds.map(profileId => ({ audienceId: audience.id, platform, profileId })),
    comeBackSeconds,
  );

const deliver = async (people: readonly Leased[], target: Target, tools: SyncTools): Promise<boolean> => {
  const { audience, platform } = target;
  const url = audience.config[platform]?.url;
  if (people.length === 0 || url === undefined) return true;
  const delivery = { audienceId: audience.id, audienceName: audience.name, url, rows: people.map(rowOf) };
  try {
    await tools.destinations[platform].deliver(delivery);
  } catch (fault) {
    if (!(fault instanceof DeliveryFailed)) throw fault;
    if (!fault.retry) await endSync(target, fault.message, tools);
    return !fault.retry;
  }
  await settlePeople(people, tools);
  return true;
};

/** The destination is gone for good: the audience says so, and nothing more is sent until it is activated again. */
const endSync = async ({ audience, platform }: Target, error: string, { audiences, now }: SyncTools): Promise<void> => {
  const ended = audience.syncs.find(sync => sync.platform === platform)?.syncId;
  await changeDocument('Audience', audience.id, audiences, found => ({
    ...found,
    updatedAt: now().toISOString(),
    syncs: found.syncs.map(sync => (sync.syncId === ended ? { ...sync, active: false, error } : sync)),
  }));
};
