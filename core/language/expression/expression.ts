/** What an expression comes to; `null` where nothing is known. A date is an ISO 8601 text. */
export type ExpressionValue = number | string | boolean | null | readonly (number | string | boolean)[];

/** An expression as it was read; `at` is where it stands in the text. Operators are calls by their signs. */
export type Expression =
  | { kind: 'value'; value: ExpressionValue; at: number }
  | { kind: 'field'; field: string; at: number }
  | { kind: 'call'; name: string; parts: readonly Expression[]; at: number };

/** What cannot be right in an expression, and where in its text. */
export interface ExpressionFault {
  at: number;
  reason: string;
}

/** A text that is no expression. */
export class NoExpression extends Error {
  override readonly name = 'NoExpression';
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

/** The fields that an expression reads, each once. */
export const fieldsOfExpression = (expression: Expression): string[] => [...new Set(fieldsIn(expression))];

const fieldsIn = (expression: Expression): string[] => {
  if (expression.kind === 'field') return [expression.field];
  return expression.kind === 'call' ? expression.parts.flatMap(fieldsIn) : [];
};
