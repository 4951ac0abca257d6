import type { Queue } from '../ports/outlets.ts';
import { changeDocument } from './change-document.ts';
import type {
  BulkJob,
  ExportJob,
  ImportJob,
  JobTools,
  LookalikeJob,
  PrivacyJob,
  QuestionJob,
  ReplayJob,
  ScoreJob,
  StoredJob,
  TrainJob,
} from './stored-job.ts';

/** A job that is worked by one message after the other, so that nothing is done at two places at a time. */
export type SteppingJob =
  | ImportJob
  | ExportJob
  | ReplayJob
  | QuestionJob
  | BulkJob
  | PrivacyJob
  | TrainJob
  | ScoreJob
  | LookalikeJob;
type JobOf<Kind extends SteppingJob['kind']> = Extract<SteppingJob, { kind: Kind }>;

/** The only part of such a job. */
export const onlyPart = 'all';

export interface StepMessage {
  jobId: string;
  place: string;
}

/** What a step has come to. */
export interface StepOutcome<Job> {
  /** Where the next step begins; absent: this was the last. */
  next: string | undefined;
  /** What is known of the job now. */
  told: Partial<Job>;
  /** How long the next step is to wait. */
  pauseSeconds?: number;
}

/** The number of a step, and where it begins. */
const readPlace = (place: string): { step: number; start: string } => {
  const [, step = '0', start = ''] = /^(\d+) (.*)$/s.exec(place) ?? [];
  return { step: Number(step), start };
};

/**
 * Does one step of a job: keeps what it has come to and where the next one begins in one write, unless somebody else was
 * faster, and passes on the rest only then. A message that comes again does nothing, but passes on what its first
 * delivery may have died before passing on.
 */
export const workStep = async <Kind extends SteppingJob['kind']>(
  kind: Kind,
  { jobId, place }: StepMessage,
  work: (job: JobOf<Kind>, start: string) => Promise<StepOutcome<JobOf<Kind>>>,
  { jobs, now, queue }: JobTools & { queue: Queue<StepMessage> },
): Promise<void> => {
  const job = await jobs.get(jobId);
  if (job?.kind !== kind || job.status !== 'running') return;
  const standing = job.pending[onlyPart] ?? '';
  const { step, start } = readPlace(place);
  if (step === readPlace(standing).step - 1) return queue.send([{ jobId, place: standing }]);
  if (place !== standing) return;
  const { next, told, pauseSeconds } = await work(job as JobOf<Kind>, start);
  const after = next === undefined ? undefined : `${step + 1} ${next}`;
  const kept = await keepStep(jobId, { place, after, told }, { jobs, now });
  if (kept && after !== undefined) await queue.send([{ jobId, place: after }], pauseSeconds);
};

interface Kept {
  place: string;
  after: string | undefined;
  told: object;
}

/** Tells whether this step was the one that counts. */
const keepStep = async (id: string, { place, after, told }: Kept, { jobs, now }: JobTools): Promise<boolean> => {
  let kept = false;
  await changeDocument('Job', id, jobs, job => {
    kept = job.status === 'running' && job.pending[onlyPart] === place;
    if (!kept) return job;
    const next = { ...job, ...told, updatedAt: now().toISOString() } as StoredJob;
    if (after !== undefined) return { ...next, pending: { [onlyPart]: after } };
    return { ...next, pending: {}, status: 'completed' as const, progress: doneOf(next) };
  });
  return kept;
};

const doneOf = ({ progress }: StoredJob) => ({ ...progress, done: progress.total });

/** Ends a job that cannot be done, and says why. */
export const failJob = async (id: string, error: string, { jobs, now }: JobTools): Promise<void> => {
  await changeDocument('Job', id, jobs, job =>
    job.status === 'running' ? { ...job, status: 'failed' as const, error, updatedAt: now().toISOString() } : job,
  );
};
