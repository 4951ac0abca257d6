import type { Question } from '../language/sql/question.ts';

export interface QueryAnswer {
  /** By the names of the columns: texts, numbers, booleans, `null`. */
  rows: Record<string, unknown>[];
  /** Epoch ms of the newest change that the answer knows. */
  asOf: number;
}

/** A question took more than it may: it was stopped, and left nothing behind. */
export abstract class QueryOverBudget extends Error {}

/** A question took longer than it may. */
export class QueryTooSlow extends QueryOverBudget {
  override readonly name = 'QueryTooSlow';
}

/** A question did not find room in memory, or on the disk beside it. */
export class QueryTooLarge extends QueryOverBudget {
  override readonly name = 'QueryTooLarge';
}

/** Nobody waits for the answer any more. */
export class QueryStopped extends Error {
  override readonly name = 'QueryStopped';
}

/** Which events a question reads beside the profiles. */
export interface AskedEvents {
  types: readonly string[];
  /** Epoch ms. */
  from: number;
}

/** Answers questions over the snapshot of all profiles. */
export interface QueryEngine {
  /** @throws QueryOverBudget after so many seconds, or without room for it @throws QueryStopped by the signal */
  ask(question: Question, budgetSeconds: number, signal?: AbortSignal, events?: AskedEvents): Promise<QueryAnswer>;
}
