import type { answerQuestion as AnswerQuestion, MessageBody } from '../contract/messages.ts';
import { projectFields } from '../contract/project-fields.ts';
import type { Route, RouteInput } from '../contract/route.ts';
import { Problem } from '../errors.ts';
import { type QuestionBudget, questionBudget } from '../model/question-budget.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Queue } from '../ports/outlets.ts';
import { QueryOverBudget, QueryStopped, QueryTooSlow } from '../ports/query-engine.ts';
import type { WhileWanted } from '../ports/while-wanted.ts';
import { type QuestionAnswer, type QuestionOf, type QuestionTools, questions } from './questions.ts';
import type { AskedQuestion, JobTools, QuestionJob } from './stored-job.ts';
import { failJob, type StepOutcome, workStep } from './work-step.ts';

type Message = MessageBody<typeof AnswerQuestion>;

export interface AnswerQuestionTools extends QuestionTools, JobTools {
  settings: QuestionTools['settings'] & { questionJobSeconds: number };
  transfers: Pick<ObjectStore, 'get' | 'put'>;
  whileWanted: WhileWanted;
  queues: { answerQuestion: Queue<Message> };
}

/** Looks for the answer of a question with more time, and keeps it as a file; stops when the job is cancelled. */
export const answerQuestion = (message: Message, tools: AnswerQuestionTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  return workStep('question', message, job => answer(job, tools), { jobs, now, queue: queues.answerQuestion });
};

/** Nothing is told of a job that has ended otherwise meanwhile. */
const over: StepOutcome<QuestionJob> = { next: undefined, told: {} };

const answer = async (job: QuestionJob, tools: AnswerQuestionTools): Promise<StepOutcome<QuestionJob>> => {
  const isWanted = async () => (await tools.jobs.get(job.id))?.status === 'running';
  try {
    const found = await tools.whileWanted(isWanted, signal => {
      const budget = questionBudget(tools.settings.questionJobSeconds, tools.now, signal);
      return shownAnswer(job.question, budget, tools);
    });
    return await keep(job, found, tools);
  } catch (fault) {
    if (fault instanceof QueryStopped && !(await isWanted())) return over;
    const reason = whyNever(fault, tools);
    if (reason === undefined) throw fault;
    await failJob(job.id, reason, tools);
    return over;
  }
};

/** What asking once more would not mend. */
const whyNever = (fault: unknown, { settings }: AnswerQuestionTools): string | undefined => {
  if (fault instanceof QueryTooSlow)
    return `the question took longer than ${settings.questionJobSeconds} s: ask for less`;
  if (fault instanceof QueryOverBudget) return 'the question needs more memory than a worker has: ask for less';
  return fault instanceof Problem ? fault.message : undefined;
};

/** The answer as whoever asked may see it. */
const shownAnswer = async (
  { route: id, input, fieldPolicy }: AskedQuestion,
  budget: QuestionBudget,
  tools: QuestionTools,
): Promise<QuestionAnswer<unknown>> => {
  const question = (questions as unknown as Partial<Record<string, QuestionOf<Route>>>)[id];
  if (!question?.route.response) throw new Problem('NOT_FOUND', `there is no question ${id} any more`);
  const { response } = question.route;
  const { data, ...beside } = await question.find(input as RouteInput<Route>, budget, tools, fieldPolicy);
  return { ...beside, data: projectFields(response, fieldPolicy, response.parse(data)) };
};

const keep = async (
  { id }: QuestionJob,
  found: QuestionAnswer<unknown>,
  { transfers }: AnswerQuestionTools,
): Promise<StepOutcome<QuestionJob>> => {
  const key = `exports/${id}/answer`;
  const bytes = new TextEncoder().encode(JSON.stringify({ success: true, ...found }));
  await transfers.put(key, bytes, { contentType: 'application/json; charset=utf-8' });
  return { next: undefined, told: { rows: rowsIn(found.data), file: { key, sizeBytes: bytes.length } } };
};

const rowsIn = (data: unknown): number => {
  const { items } = (data ?? {}) as { items?: unknown };
  return Array.isArray(items) ? items.length : 1;
};
