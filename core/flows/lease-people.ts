import type { ConsentedMember } from '../engines/activation/consent-gate.ts';
import { nextRow } from '../engines/activation/held-by.ts';
import type { SyncStep } from '../engines/activation/plan-sync.ts';
import type { PlatformRow } from '../engines/activation/platforms/platform.ts';
import { platforms } from '../engines/activation/platforms/platforms.ts';
import { whyTell } from '../engines/activation/why-tell.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Sha256 } from '../model/sha256.ts';
import type { DeliveryRow } from '../ports/destination.ts';
import type { Recipient, RecipientStore } from '../ports/recipient-store.ts';
import { type PersonStep, planPeople, type SituationTools, type Target } from './plan-people.ts';
import { rowMaker } from './rules-at.ts';

interface LeaseTools {
  recipients: RecipientStore;
  sha256: Sha256;
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
    const lease = leaseOf({ profileId, step, read, syncIds: wanted.get(profileId) ?? [] }, target, tools.sha256, now);
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
  sha256: Sha256,
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
    epoch: audience.syncs.find(sync => sync.platform === platform)?.epoch,
    ...foundBy(step, read, row => (row ? platforms[platform].foundBy(row) : {}), rowMaker(audience, platform, sha256)),
    leasedUntil: now + leaseSeconds * 1000,
    updatedAt: new Date(now).toISOString(),
    failure: anew,
    syncIds: [...new Set([...waiting, ...syncIds])],
  };
};

const isSame = (left: PlatformRow, right: PlatformRow): boolean =>
  JSON.stringify(Object.entries(left).sort()) === JSON.stringify(Object.entries(right).sort());

/** By what a person will be found there, and by what else they may be, from what was told before. */
const foundBy = (
  step: Telling,
  read: Recipient | undefined,
  keysOf: (row: PlatformRow | undefined) => PlatformRow,
  rowOf: (member: ConsentedMember) => PlatformRow | undefined,
): Pick<Recipient, 'sent' | 'before'> => {
  if (step.operation === 'remove') return { sent: read?.sent, before: read?.before };
  const sent = keysOf(rowOf(step.member));
  const known = [...(read?.before ?? []), ...(read?.sent ? [read.sent] : [])];
  const before = known.filter(row => Object.keys(row).length > 0 && !isSame(row, sent));
  return { sent, before: before.length === 0 ? undefined : before };
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

const giveBack = ({ read, lease }: Leased, { recipients }: Pick<LeaseTools, 'recipients'>): Promise<boolean> =>
  read ? recipients.settle(read, lease) : recipients.forget(lease);

/** The lines of a delivery about a person; the same for a repeat. Whatever they may be found by there goes with them. */
export const rowsOf = ({ step, lease: { profileId, row: count, sent, before = [] } }: Leased): DeliveryRow[] => {
  const row = `${profileId}:${count}`;
  if (step.operation === 'add') return [{ row, operation: 'add', member: step.member, sent: before[0] }];
  const others = before.map(
    (one, index): DeliveryRow => ({ row: `${row}.${index}`, operation: 'remove', profileId, sent: one }),
  );
  return [{ row, operation: 'remove', profileId, sent }, ...others];
};

/** Records what the destination has taken; of an erased person nothing is left. */
export const settlePeople = async (
  people: readonly Leased[],
  { recipients, now }: Pick<LeaseTools, 'recipients' | 'now'>,
): Promise<void> => {
  await inLanes(people, lanes, ({ erased, step, lease }) => {
    const state = step.operation === 'add' ? ('sent' as const) : ('removed' as const);
    const past = state === 'sent' ? { before: undefined } : { before: undefined, sent: undefined };
    const ended = { leasedUntil: 0, failure: undefined, syncIds: undefined, updatedAt: now().toISOString() };
    const told = { state, ...past, ...ended };
    if (erased && state === 'removed') return recipients.forget(lease, lease.syncIds);
    return recipients.settle({ ...lease, ...told }, lease, state === 'sent' ? 'added' : 'removed');
  });
};
