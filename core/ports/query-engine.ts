import type { SqlDialect } from '../language/sql/sql-dialect.ts';
import type { Relation, Statement } from '../language/sql/statement.ts';

/** A question about everybody: one statement, written for whichever engine is asked. */
export type Question = (dialect: SqlDialect, profiles: Relation) => Statement;

export interface QueryAnswer {
  /** By the names of the columns: texts, numbers, booleans, `null`. */
  rows: Record<string, unknown>[];
  /** Epoch ms of the newest change that the answer knows. */
  asOf: number;
}

/** A question took longer than it may. */
export class QueryTooSlow extends Error {
  override readonly name = 'QueryTooSlow';
}

/** Answers questions over the snapshot of all profiles. */
export interface QueryEngine {
  /** @throws QueryTooSlow after so many seconds: the question is stopped, and leaves nothing behind */
  ask(question: Question, budgetSeconds: number): Promise<QueryAnswer>;
}
