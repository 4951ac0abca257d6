import type { SqlValue } from './statement.ts';

/** A piece of SQL with what its `?` stand for, in their order. */
export interface Sql {
  text: string;
  values: readonly SqlValue[];
}

/** Text with what its `?` stand for. */
export const bound = (text: string, ...values: readonly SqlValue[]): Sql => ({ text, values });

/** Text without values. */
export const plain = (text: string): Sql => ({ text, values: [] });

/**
 * SQL from a template: pieces bring their values along, and every other value becomes a `?`.
 *
 * @example sql`${plain('city')} = ${'Berlin'}` // { text: 'city = ?', values: ['Berlin'] }
 */
export const sql = (texts: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql => {
  let text = texts[0] ?? '';
  const values: SqlValue[] = [];
  parts.forEach((part, place) => {
    const isPiece = typeof part === 'object';
    text += (isPiece ? part.text : '?') + (texts[place + 1] ?? '');
    values.push(...(isPiece ? part.values : [part]));
  });
  return { text, values };
};

/** Pieces with a word between them, in brackets where there are several. */
export const joined = (pieces: readonly Sql[], word: string, none: string): Sql => {
  if (pieces.length === 0) return plain(none);
  const [only] = pieces;
  if (pieces.length === 1 && only) return only;
  return {
    text: `(${pieces.map(({ text }) => text).join(` ${word} `)})`,
    values: pieces.flatMap(({ values }) => values),
  };
};

export const anyOf = (pieces: readonly Sql[]): Sql => joined(pieces, 'OR', 'FALSE');
export const allOf = (pieces: readonly Sql[]): Sql => joined(pieces, 'AND', 'TRUE');
