import type {
  answerQuestion,
  backfillTraits,
  bulkPart,
  clearSegment,
  evaluateSegment,
  exportPart,
  findLookalikes,
  handleRequest,
  importPart,
  MessageBody,
  modelPart,
  reconcileProfiles,
  redriveEvents,
  replayPart,
  syncAudience,
} from '../contract/messages.ts';
import { emptyTally } from '../model/reconciliation-tally.ts';
import { emptyRedriveTally } from '../model/redrive-tally.ts';
import type { Queue } from '../ports/outlets.ts';
import type { ClearJob, EvaluateJob, ReconcileJob, RedriveJob, StoredJob, SyncJob, TraitJob } from './stored-job.ts';

type EvaluatePart = MessageBody<typeof evaluateSegment>;
type SyncPart = MessageBody<typeof syncAudience>;
type ClearPart = MessageBody<typeof clearSegment>;
type ReconcilePart = MessageBody<typeof reconcileProfiles>;
type RedrivePart = MessageBody<typeof redriveEvents>;

export interface PartQueues {
  evaluateSegment: Queue<EvaluatePart>;
  syncAudience: Queue<SyncPart>;
  reconcileProfiles: Queue<ReconcilePart>;
  redriveEvents: Queue<RedrivePart>;
  clearSegment: Queue<ClearPart>;
  backfillTraits: Queue<MessageBody<typeof backfillTraits>>;
  importPart: Queue<MessageBody<typeof importPart>>;
  exportPart: Queue<MessageBody<typeof exportPart>>;
  bulkPart: Queue<MessageBody<typeof bulkPart>>;
  replayPart: Queue<MessageBody<typeof replayPart>>;
  answerQuestion: Queue<MessageBody<typeof answerQuestion>>;
  handleRequest: Queue<MessageBody<typeof handleRequest>>;
  modelPart: Queue<MessageBody<typeof modelPart>>;
  findLookalikes: Queue<MessageBody<typeof findLookalikes>>;
}

const placeOf = (place: string) => (place === '' ? {} : { after: place });

const evaluateParts = ({ id, subjectId, segmentVersion, pending }: EvaluateJob): EvaluatePart[] =>
  Object.entries(pending).map(([part, place]) => ({
    segmentId: subjectId,
    version: segmentVersion,
    jobId: id,
    partition: Number(part),
    ...placeOf(place),
  }));

/** The part of a sync that goes through one partition of one source. */
export const syncPart = (source: string, partition: number): string => `${partition} ${source}`;

/** The part of a sync that exchanges everybody at a platform, before all others. */
export const exchangePart = syncPart('exchange', 0);

/** The last part of a sync, which ends when everybody was told of. */
export const closingPart = syncPart('closing', 0);

const syncParts = ({ id, subjectId, platform, pending }: SyncJob): SyncPart[] =>
  Object.entries(pending).map(([part, place]) => {
    const [partition, source = ''] = part.split(' ', 2);
    return { audienceId: subjectId, platform, syncId: id, source, partition: Number(partition), ...placeOf(place) };
  });

const reconcileParts = ({ id, pending, tallies }: ReconcileJob): ReconcilePart[] =>
  Object.entries(pending).map(([part, place]) => ({
    jobId: id,
    partition: Number(part),
    tally: tallies[part] ?? emptyTally,
    ...placeOf(place),
  }));

const clearParts = ({ id, subjectId, pending }: ClearJob): ClearPart[] =>
  Object.entries(pending).map(([part, place]) => {
    const [partition, round] = part.split(' ', 2);
    const again = round === 'again' ? ('again' as const) : ('first' as const);
    return { segmentId: subjectId, jobId: id, partition: Number(partition), round: again, ...placeOf(place) };
  });

const traitParts = ({ id, pending }: TraitJob): MessageBody<typeof backfillTraits>[] =>
  Object.entries(pending).map(([part, place]) => ({ jobId: id, partition: Number(part), ...placeOf(place) }));

const redriveParts = ({ id, pending, tallies }: RedriveJob): RedrivePart[] =>
  Object.entries(pending).map(([part, place]) => ({
    jobId: id,
    part,
    tally: tallies[part] ?? emptyRedriveTally,
    ...placeOf(place),
  }));

const stepsOf = ({ id, pending }: StoredJob) => Object.values(pending).map(place => ({ jobId: id, place }));

/** Queues whatever is left of a job, each part from the place that it has come to. */
export const startParts = (job: StoredJob, queues: PartQueues, delaySeconds = 0): Promise<void> => {
  switch (job.kind) {
    case 'segment.evaluate':
      return queues.evaluateSegment.send(evaluateParts(job), delaySeconds);
    case 'audience.sync':
      return queues.syncAudience.send(syncParts(job), delaySeconds);
    case 'segment.clear':
      return queues.clearSegment.send(clearParts(job), delaySeconds);
    case 'trait.backfill':
    case 'trait.clear':
      return queues.backfillTraits.send(traitParts(job), delaySeconds);
    case 'profiles.reconcile':
      return queues.reconcileProfiles.send(reconcileParts(job), delaySeconds);
    case 'quarantine.redrive':
      return queues.redriveEvents.send(redriveParts(job), delaySeconds);
    case 'import':
      return queues.importPart.send(stepsOf(job), delaySeconds);
    case 'export':
      return queues.exportPart.send(stepsOf(job), delaySeconds);
    case 'events.replay':
      return queues.replayPart.send(stepsOf(job), delaySeconds);
    case 'profiles.bulk':
      return queues.bulkPart.send(stepsOf(job), delaySeconds);
    case 'privacy.request':
      return queues.handleRequest.send(stepsOf(job), delaySeconds);
    case 'ml.train':
    case 'ml.score':
      return queues.modelPart.send(stepsOf(job), delaySeconds);
    case 'question':
      return queues.answerQuestion.send(stepsOf(job), delaySeconds);
    case 'audience.lookalike':
      return queues.findLookalikes.send(stepsOf(job), delaySeconds);
  }
};
