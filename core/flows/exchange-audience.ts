import type { Audience } from '../contract/audiences.ts';
import type { MessageBody, syncAudience } from '../contract/messages.ts';
import { platforms } from '../engines/activation/platforms/platforms.ts';
import type { PlatformPlace } from '../model/platform-config.ts';
import { DocumentChanged } from '../ports/collection.ts';
import { DeliveryFailed, type Destination, type ReplaceSession } from '../ports/destination.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { audiencePlace } from './audience-place.ts';
import { changeDocument } from './change-document.ts';
import { type Called, callPlatform, settleCall } from './deliver-people.ts';
import { confirmSteps, leasePeople, rowsOf } from './lease-people.ts';
import { changeSync } from './note-problem.ts';
import { type PeopleTools, peopleOf } from './people-of.ts';
import { planPeople, type Target } from './plan-people.ts';
import { exchangePart } from './start-parts.ts';
import { endPart, type SyncJob } from './stored-job.ts';
import { comeBack, type SyncTools, tellIdle } from './sync-members.ts';
import { sourcesOf } from './sync-sources.ts';

type Message = MessageBody<typeof syncAudience>;
type Exchange = NonNullable<Destination['replace']>;

export interface ExchangeTools extends SyncTools, PeopleTools {
  queues: SyncTools['queues'] & { syncAudience: { send(messages: Message[], delaySeconds?: number): Promise<void> } };
}

/** Where an exchange goes on: the batch that is next, and the page of people that it begins with. */
interface Place {
  sequence: number;
  source: number;
  partition: number;
  after?: string | undefined;
}

const placeIn = (text = ''): Place => {
  const [sequence = '1', source = '0', partition = '0', ...after] = text === '' ? [] : text.split('.');
  const place = { sequence: Number(sequence), source: Number(source), partition: Number(partition) };
  return after.length === 0 || after.join('.') === '' ? place : { ...place, after: after.join('.') };
};
const placeText = ({ sequence, source, partition, after = '' }: Place): string =>
  `${sequence}.${source}.${partition}.${after}`;

/** A worker has a minute. */
const pageRowsMax = 1000;
const againSeconds = 30;

/**
 * Works one batch of an exchange of everybody: batches follow one another, so that each has its number, and one that is
 * worked again is sent again under it. Nothing else is told of an audience meanwhile: what was to be told waits, and
 * follows the exchange.
 */
export const exchangeBatch = async (message: Message, tools: ExchangeTools): Promise<void> => {
  const { syncId, audienceId } = message;
  const [job, audience] = await Promise.all([tools.jobs.get(syncId), tools.audiences.get(audienceId)]);
  if (job?.kind !== 'audience.sync' || job.status !== 'running' || !audience) return;
  if (job.pending[exchangePart] !== (message.after ?? '')) return;
  const target = { audience, platform: job.platform, active: true };
  const [place, exchange] = [audiencePlace(audience, job.platform), tools.destinations.of(job.platform).replace];
  if (!place || !exchange || !isCurrent(job, audience)) return endPart(syncId, exchangePart, tools);
  if (!(await claims(job, tools))) return tools.queues.syncAudience.send([message], busySeconds);
  const session = await openSession({ job, target, place, exchange }, tools);
  if ('fault' in session) return again(message, session.fault, tools);
  await workBatch({ message, job, target, place, exchange, session }, tools);
};

/** Longer than a worker may take. */
const leaseSeconds = 90;
const busySeconds = 15;

/** Whether this worker is alone with the next batch: two would send it under one number, each with its own people. */
const claims = async (job: SyncJob, { jobs, now }: ExchangeTools): Promise<boolean> => {
  const at = now().getTime();
  if ((job.exchangeLeasedUntil ?? 0) > at) return false;
  try {
    await jobs.replace({ ...job, version: job.version + 1, exchangeLeasedUntil: at + leaseSeconds * 1000 });
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};

/** Gives the right to work a batch to whoever comes next, with where that batch begins and what went wrong. */
const release = async (
  id: string,
  { after, error }: { after?: string; error?: string },
  { jobs, now }: ExchangeTools,
): Promise<void> => {
  await changeDocument('Job', id, jobs, job => {
    if (job.kind !== 'audience.sync' || job.status !== 'running') return job;
    const pending = after === undefined ? job.pending : { ...job.pending, [exchangePart]: after };
    const told = error === undefined ? {} : { error };
    return { ...job, ...told, pending, exchangeLeasedUntil: undefined, updatedAt: now().toISOString() };
  });
};

const isCurrent = ({ id }: SyncJob, { syncs }: Audience): boolean => syncs.some(({ syncId }) => syncId === id);

interface Opening {
  job: SyncJob;
  target: Target;
  place: PlatformPlace;
  exchange: Exchange;
}

const delivery = ({ audience }: Target, place: PlatformPlace) => ({
  audienceId: audience.id,
  audienceName: audience.name,
  place,
});

/** The session that the job has, or a new one, which is kept before anything is sent in it. */
const openSession = async (
  { job, target, place, exchange }: Opening,
  tools: ExchangeTools,
): Promise<ReplaceSession | { fault: DeliveryFailed }> => {
  if (job.session && !isOver(job.session, tools.now())) return job.session;
  try {
    const estimated = await Promise.all(target.audience.segmentIds.map(id => tools.memberships.count(id)));
    const session = await exchange.begin(
      delivery(target, place),
      estimated.reduce((sum, one) => sum + one, 0),
    );
    await beginAnew(job, session, target, tools);
    return session;
  } catch (fault) {
    if (fault instanceof DeliveryFailed) return { fault };
    throw fault;
  }
};

const isOver = ({ startedAt, minutesMax }: ReplaceSession, now: Date): boolean =>
  now.getTime() > Date.parse(startedAt) + minutesMax * 60_000;

/** Who was told of in a session that came to nothing is told of again in the next: it has another epoch. */
const beginAnew = async (
  { id, session: before }: SyncJob,
  session: ReplaceSession,
  { audience }: Target,
  tools: ExchangeTools,
): Promise<void> => {
  if (before) await changeSync(audience.id, id, tools, sync => ({ ...sync, epoch: `${sync.epoch ?? id}~` }));
  await changeDocument('Job', id, tools.jobs, job =>
    job.kind === 'audience.sync' && job.status === 'running'
      ? { ...job, session, pending: { ...job.pending, [exchangePart]: '' }, updatedAt: tools.now().toISOString() }
      : job,
  );
};

interface Batch extends Opening {
  message: Message;
  session: ReplaceSession;
}

const workBatch = async (batch: Batch, tools: ExchangeTools): Promise<void> => {
  const { message, job, exchange, session, place } = batch;
  const audience = (await tools.audiences.get(message.audienceId)) ?? batch.target.audience;
  const target = { ...batch.target, audience };
  const isFirst = job.session?.id !== session.id;
  const at = placeIn(isFirst ? '' : message.after);
  const { profileIds, next } = await pageAt(at, target, tools);
  await tools.outcomes.expect(job.id, profileIds);
  const { confirmed, delayed } = await leasedOf(profileIds, target, job.id, tools);
  const rows = confirmed.flatMap(rowsOf);
  let called: Called | undefined;
  if (rows.length > 0 || !next) {
    const sending = { session, sequence: at.sequence, last: !next };
    called = await callPlatform(target, place, tools, () =>
      exchange.send({ ...delivery(target, place), rows }, sending),
    );
    await settleCall(confirmed, called, target, tools);
  }
  await comeBack(delayed, new Map(delayed.map(id => [id, [job.id]])), target, tools);
  if (called && 'fault' in called && !isFinal(called.fault)) return again(message, called.fault, tools, isFirst);
  await goOn({ ...batch, target }, rows.length > 0 ? { ...at, sequence: at.sequence + 1 } : at, next, tools);
};

const isFinal = ({ fault }: DeliveryFailed): boolean => fault === 'gone' || fault === 'refused';

/** People who may be sent in this session; whoever somebody else is busy with follows it. */
const leasedOf = async (profileIds: readonly string[], target: Target, syncId: string, tools: ExchangeTools) => {
  const { audience, platform } = target;
  const wanted = new Map(profileIds.map(id => [id, [syncId]]));
  const records = await tools.recipients.ofAudience(audience.id, platform, profileIds);
  const steps = await planPeople(profileIds, target, records, tools);
  await tellIdle(steps, wanted, tools);
  const adds = steps.filter(({ step }) => step.operation === 'add');
  const { leased, busy } = await leasePeople(adds, wanted, target, tools);
  const { confirmed, changed } = await confirmSteps(leased, target, tools);
  const out = steps.flatMap(({ profileId, step }) => (step.operation === 'remove' ? [profileId] : []));
  return { confirmed, delayed: [...busy, ...changed, ...out] };
};

interface PageOfPeople {
  profileIds: string[];
  next?: Omit<Place, 'sequence'> | undefined;
}

const pageAt = async (at: Place, { audience, platform }: Target, tools: PeopleTools): Promise<PageOfPeople> => {
  const sources = sourcesOf(audience, 'add');
  const source = sources[at.source];
  if (source === undefined) return { profileIds: [] };
  const limit = Math.min(pageRowsMax, platforms[platform].rowsMax);
  const part = { audienceId: audience.id, platform, source, partition: at.partition };
  const { profileIds, next } = await peopleOf(part, limit, at.after, tools);
  if (next !== undefined) return { profileIds, next: { ...at, after: next } };
  const isLast = at.partition + 1 === listPartitions;
  const moved = { source: at.source + (isLast ? 1 : 0), partition: isLast ? 0 : at.partition + 1 };
  return { profileIds, next: moved.source < sources.length ? moved : undefined };
};

/** Notes how far it has come and passes on the rest; after the last batch the platform has those who were sent, alone. */
const goOn = async (
  { message, job, target }: Batch,
  { sequence }: Place,
  next: PageOfPeople['next'],
  tools: ExchangeTools,
): Promise<void> => {
  if (!next) {
    await changeSync(target.audience.id, job.id, tools, ({ exchanging: _over, mixed: _mixed, ...sync }) => sync);
    return endPart(job.id, exchangePart, tools);
  }
  const after = placeText({ ...next, sequence });
  await release(job.id, { after }, tools);
  await tools.queues.syncAudience.send([{ ...message, after }]);
};

/** The same batch once more, when the platform may take it. */
const again = async (
  { after, ...message }: Message,
  { message: error, retryAfterSeconds = againSeconds }: DeliveryFailed,
  tools: ExchangeTools,
  isFirst = false,
): Promise<void> => {
  await release(message.syncId, { error }, tools);
  const delay = Math.min(Math.max(Math.ceil(retryAfterSeconds), againSeconds), 900);
  await tools.queues.syncAudience.send([isFirst || after === undefined ? message : { ...message, after }], delay);
};
