import { nextRow } from '../engines/activation/held-by.ts';
import type { SyncStep } from '../engines/activation/plan-sync.ts';
import { whyTell } from '../engines/activation/why-tell.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { DeliveryRow } from '../ports/destination.ts';
import type { Recipient, RecipientStore } from '../ports/recipient-store.ts';
import { type PersonStep, planPeople, type SituationTools, type Target } from './plan-people.ts';

interface LeaseTools {
  recipients: RecipientStore;
  now: () => Date;
}

/** Who is to be looked at, each with the syncs that want to know what becomes of it. */
export type Wanted = ReadonlyMap<string, readonly string[]>;

type Telling = Exclude<SyncStep, { operation: 'none' }>;

/** A person about whom a destination is to be told something, by whoever holds the right to tell it. */
export interface Leased {
  read: Recipient | undefined;
  erased: boolean;
  step: Telling;
  lease: Recipient;
}

/** Longer than a worker may take: whoever has lost the right to send is no longer there to send. */
const leaseSeconds = 90;
const lanes = 24;

/** Takes the right to send what is to be sent now. `busy`: somebody else has it. */
export const leasePeople = async (
  steps: readonly PersonStep[],
  wanted: Wanted,
  target: Target,
  tools: LeaseTools,
): Promise<{ leased: Leased[]; busy: string[] }> => {
  const leased: Leased[] = [];
  const busy: string[] = [];
  await inLanes(steps, lanes, async ({ profileId, read, erased, step }) => {
    if (step.operation === 'none') return;
    const now = tools.now().getTime();
    const lease = leaseOf({ profileId, step, read, syncIds: wanted.get(profileId) ?? [] }, target, now);
    if (!lease) return;
    const taken = read?.state === 'sending' && read.leasedUntil > now;
    if (!taken && (await tools.recipients.lease(lease, read))) leased.push({ read, erased, step, lease });
    else busy.push(profileId);
  });
  return { leased, busy };
};

interface Wish {
  profileId: string;
  step: Telling;
  read: Recipient | undefined;
  syncIds: readonly string[];
}

/** The right to tell of a person, to be kept in place of what was read; `undefined` where it is not yet time. */
const leaseOf = (
  { profileId, step, read, syncIds }: Wish,
  { audience, platform }: Target,
  now: number,
): Recipient | undefined => {
  const { operation } = step;
  const digest = step.operation === 'add' ? step.digest : undefined;
  const waiting = read?.state === 'sending' ? (read.syncIds ?? []) : [];
  const asked = syncIds.some(syncId => !waiting.includes(syncId));
  const why = whyTell(read, { operation, digest, asked }, now);
  if (why === undefined) return undefined;
  const anew = read?.failure && why === 'anew' ? { ...read.failure, attempts: 0, nextAt: now } : read?.failure;
  return {
    profileId,
    audienceId: audience.id,
    platform,
    state: 'sending',
    operation,
    row: nextRow(read, operation, digest),
    digest,
    leasedUntil: now + leaseSeconds * 1000,
    updatedAt: new Date(now).toISOString(),
    failure: anew,
    syncIds: [...new Set([...waiting, ...syncIds])],
  };
};

/**
 * Decides once more, now that nobody else can send: a consent that was taken back since the first look is seen here.
 * Whoever is to be told something else gives the right back; nothing of it was sent.
 */
export const confirmSteps = async (
  leased: readonly Leased[],
  target: Target,
  tools: LeaseTools & SituationTools,
): Promise<{ confirmed: Leased[]; changed: string[] }> => {
  const records = leased.flatMap(({ read }) => read ?? []);
  const ids = leased.map(({ lease }) => lease.profileId);
  const steps = new Map((await planPeople(ids, target, records, tools)).map(one => [one.profileId, one]));
  const confirmed: Leased[] = [];
  const changed: string[] = [];
  await inLanes(leased, lanes, async one => {
    const again = steps.get(one.lease.profileId);
    const step = again && sameStep(again.step, one.step);
    if (step) confirmed.push({ ...one, erased: again.erased, step });
    else {
      await giveBack(one, tools);
      changed.push(one.lease.profileId);
    }
  });
  return { confirmed, changed };
};

/** The step as decided the second time, where it is the same. */
const sameStep = (second: SyncStep, first: Telling): Telling | undefined => {
  if (second.operation === 'none' || second.operation !== first.operation) return undefined;
  const same = second.operation === 'remove' || first.operation === 'remove' || second.digest === first.digest;
  return same ? second : undefined;
};

const giveBack = ({ read, lease }: Leased, { recipients }: LeaseTools): Promise<boolean> =>
  read ? recipients.settle(read, lease) : recipients.forget(lease);

/** The line of a delivery about a person; the same for a repeat. */
export const rowOf = ({ step, lease: { profileId, row } }: Leased): DeliveryRow =>
  step.operation === 'add'
    ? { row: `${profileId}:${row}`, operation: 'add', member: step.member }
    : { row: `${profileId}:${row}`, operation: 'remove', profileId };

/** Records what the destination has taken; of an erased person nothing is left. */
export const settlePeople = async (people: readonly Leased[], { recipients, now }: LeaseTools): Promise<void> => {
  await inLanes(people, lanes, ({ erased, step, lease }) => {
    const state = step.operation === 'add' ? ('sent' as const) : ('removed' as const);
    const told = { state, leasedUntil: 0, failure: undefined, syncIds: undefined, updatedAt: now().toISOString() };
    if (erased && state === 'removed') return recipients.forget(lease, lease.syncIds);
    return recipients.settle({ ...lease, ...told }, lease, state === 'sent' ? 'added' : 'removed');
  });
};
