import type { Route, RouteData, RouteInput } from '../contract/route.ts';
import type { FieldPolicy } from '../model/caller.ts';
import { questionBudget } from '../model/question-budget.ts';
import { type Collection, type CommitTogether, type Document, DocumentChanged } from '../ports/collection.ts';
import { QueryOverBudget } from '../ports/query-engine.ts';
import type { QuestionAnswer, QuestionOf, QuestionTools } from './questions.ts';
import { type AskedQuestion, newWork, type QuestionJob, type StoredJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

/** Which job looks for the answer of a question; its id is the question's digest. */
export interface QuestionInWork extends Document {
  jobId: string;
}

export interface AskTools extends QuestionTools {
  settings: QuestionTools['settings'] & { questionSeconds: number };
  jobs: Collection<StoredJob>;
  questionsInWork: Collection<QuestionInWork>;
  commitTogether: CommitTogether;
  digest: (text: string) => string;
  newId: (prefix: string) => string;
}

/** A job that goes on looking. */
export interface AskedLater {
  jobId: string;
}

/**
 * Looks for an answer as long as a caller waits for it. What takes longer, or more memory than there is, becomes a job;
 * whoever asks the same while that runs gets the same job.
 */
export const askQuestion = async <R extends Route>(
  { route, find }: QuestionOf<R>,
  input: RouteInput<R>,
  fieldPolicy: FieldPolicy,
  tools: AskTools,
): Promise<QuestionAnswer<RouteData<R>> | AskedLater> => {
  const asked: AskedQuestion = { route: route.id, input, fieldPolicy };
  const id = tools.digest(JSON.stringify(asked));
  const running = await runningJob(await tools.questionsInWork.get(id), tools);
  if (running !== undefined) return { jobId: running };
  try {
    return await find(input, questionBudget(tools.settings.questionSeconds, tools.now), tools, fieldPolicy);
  } catch (fault) {
    if (!(fault instanceof QueryOverBudget)) throw fault;
    return { jobId: await putInWork(id, asked, tools) };
  }
};

const runningJob = async (known: QuestionInWork | undefined, { jobs }: AskTools): Promise<string | undefined> => {
  const job = known && (await jobs.get(known.jobId));
  return job?.status === 'running' ? job.id : undefined;
};

/** The job of a question: the one that runs, or a new one; whoever asks at the same moment gets the same. */
const putInWork = async (id: string, question: AskedQuestion, tools: AskTools): Promise<string> => {
  const { jobs, questionsInWork, commitTogether } = tools;
  const known = await questionsInWork.get(id);
  const running = await runningJob(known, tools);
  if (running !== undefined) return running;
  const work = newWork(tools.newId('job'), question.route, [onlyPart], tools.now().toISOString());
  const job: QuestionJob = { ...work, kind: 'question', question, rows: 0 };
  const next = { id, version: (known?.version ?? 0) + 1, jobId: job.id };
  try {
    await commitTogether([known ? questionsInWork.replacing(next) : questionsInWork.adding(next), jobs.adding(job)]);
  } catch (fault) {
    if (fault instanceof DocumentChanged) return putInWork(id, question, tools);
    throw fault;
  }
  return job.id;
};
