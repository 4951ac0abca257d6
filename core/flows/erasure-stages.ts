import { matchKey } from '../model/identifier.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { DestinationOutcome, PrivacyRequest } from '../model/privacy-request.ts';
import type { RequestSubject } from '../model/request-subject.ts';
import type { Recipient } from '../ports/recipient-store.ts';
import { findPeople } from './find-people.ts';
import { leftInObjects, sweepObjects, tellingTextsOf } from './personal-objects.ts';
import type { RunStage } from './request-stage.ts';
import { openSubject } from './sealed-subject.ts';
import type { PrivacyJob } from './stored-job.ts';
import { sweepAgainSeconds } from './sweep-again-seconds.ts';
import { sweepErased } from './sweep-erased.ts';
import { sumsOf, takeStock } from './take-stock.ts';
import { tombstonePeople } from './tombstone-people.ts';

/** How long to wait for what others have to finish, a little longer each time. */
const pauseSeconds = (round: number): number => Math.min(600, 15 * 2 ** Math.min(round, 6));
const lanes = 8;

const whoseOf = ({ profileIds }: Pick<PrivacyJob, 'profileIds'>, subject: RequestSubject) => ({
  profileIds,
  texts: tellingTextsOf(subject),
});

/** Who is meant, and what is held of them. */
const find: RunStage = async (job, _round, tools) => {
  const subject = await openSubject(job, tools);
  const stock = await takeStock(subject, await findPeople(subject, tools.profiles), tools);
  return { next: 'erase', told: stock };
};

const erase: RunStage = async (job, _round, tools) => ({
  next: 'sweep',
  told: await tombstonePeople(job, await openSubject(job, tools), tools),
});

const sweepAll = async (job: PrivacyJob, tools: Parameters<RunStage>[2]): Promise<Partial<PrivacyRequest>> => {
  const subject = await openSubject(job, tools);
  const keys = subject.identifiers.map(matchKey);
  await inLanes(job.profileIds, lanes, id => sweepErased(id, tools, keys));
  const swept = await sweepObjects(whoseOf(job, subject), tools);
  const stores = { ...job.stores };
  for (const [store, removed] of Object.entries(swept)) {
    const { held = 0, removed: before = 0 } = stores[store] ?? {};
    stores[store] = { held: held + removed, removed: before + removed };
  }
  return { stores };
};

/** A worker that was under way when the tombstone was put may still put something: it is waited for. */
const sweep: RunStage = async (job, _round, tools) => ({
  next: 'again',
  told: await sweepAll(job, tools),
  pauseSeconds: sweepAgainSeconds,
});

const again: RunStage = async (job, round, tools) => ({
  next: `tell ${round}`,
  told: await sweepAll(job, tools),
});

/** What became of telling a destination, by what is still kept of it. */
const outcomeOf = (known: DestinationOutcome, records: readonly Recipient[]): DestinationOutcome => {
  const { audienceId, platform } = known;
  const record = records.find(one => one.audienceId === audienceId && one.platform === platform);
  if (!record || record.state === 'removed') return { audienceId, platform, outcome: 'told' };
  const { failure } = record;
  if (!failure || failure.nextAt !== undefined) return { audienceId, platform, outcome: 'waiting' };
  return { audienceId, platform, outcome: 'failed', reason: failure.error };
};

/** Destinations are told by what follows from the tombstone; one that takes it in none of many tries holds up nobody. */
const tell: RunStage = async (job, round, { recipients }) => {
  const records = (await inLanes(job.profileIds, lanes, id => recipients.ofProfile(id))).flat();
  const destinations = job.destinations.map(one => (one.outcome === 'waiting' ? outcomeOf(one, records) : one));
  const isWaiting = job.propagate && destinations.some(({ outcome }) => outcome === 'waiting');
  if (isWaiting) return { next: `tell ${round + 1}`, told: { destinations }, pauseSeconds: pauseSeconds(round) };
  const failed = new Set(
    destinations.filter(({ outcome }) => outcome === 'failed').map(one => `${one.audienceId} ${one.platform}`),
  );
  const over = records.filter(one => failed.has(`${one.audienceId} ${one.platform}`));
  await inLanes(over, lanes, record => recipients.forget(record, record.syncIds));
  return { next: `verify ${round}`, told: { destinations } };
};

/** What is kept until destinations are told. */
const ofDestinations: ReadonlySet<string> = new Set(['recipient', 'undelivered']);

/**
 * Looks through every store anew. Whoever came to be since under the same identifiers, in a race with the tombstone, goes
 * the same way.
 */
const verify: RunStage = async (job, round, tools) => {
  const subject = await openSubject(job, tools);
  const keys = subject.identifiers.map(matchKey);
  const late = job.suppress ? await tools.profiles.ownersOf(keys) : new Map<string, string>();
  if (late.size > 0) {
    const told = await tombstonePeople(job, subject, tools);
    return { next: `again ${round + 1}`, told, pauseSeconds: sweepAgainSeconds };
  }
  const inTable = sumsOf(await inLanes(job.profileIds, lanes, id => tools.profiles.left(id, keys)));
  const left = { ...inTable, ...(await leftInObjects(whoseOf(job, subject), tools)) };
  const isClean = ([store, count]: [string, number]) => count === 0 || (!job.propagate && ofDestinations.has(store));
  const stores = { ...job.stores };
  for (const [store, count] of Object.entries(left)) {
    const held = Math.max(stores[store]?.held ?? 0, count);
    stores[store] = { held, removed: held - count, left: count };
  }
  if (Object.entries(left).every(isClean)) return { next: 'certify', told: { stores } };
  return { next: `again ${round + 1}`, told: { stores }, pauseSeconds: pauseSeconds(round) };
};

/** How somebody is erased, stage by stage. Each may run again: the second time changes nothing. */
export const erasureStages = { find, erase, sweep, again, tell, verify } satisfies Record<string, RunStage>;
