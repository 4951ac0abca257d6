import type { SqlDialect } from './sql-dialect.ts';
import type { Relation, Statement } from './statement.ts';

/** A question about everybody: one statement, written for whichever engine is asked. */
export type Question = (dialect: SqlDialect, profiles: Relation) => Statement;
