import type { SqlValue, Statement } from './statement.ts';

/** A part of a statement, with what its `?` stand for. */
export const sql = (text: string, ...values: readonly SqlValue[]): Statement => ({ text, values });

const joined = (parts: readonly Statement[], word: string, none: string): Statement =>
  parts.length === 0
    ? sql(none)
    : {
        text: parts.length === 1 ? (parts[0]?.text ?? none) : `(${parts.map(({ text }) => text).join(` ${word} `)})`,
        values: parts.flatMap(({ values }) => values),
      };

/** Holds where all of them hold. */
export const allOf = (parts: readonly Statement[]): Statement => joined(parts, 'AND', 'true');

/** Holds where any of them holds. */
export const anyOf = (parts: readonly Statement[]): Statement => joined(parts, 'OR', 'false');
