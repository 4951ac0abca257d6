import type { Expression, ExpressionValue } from './expression.ts';
import { functionNamed } from './expression-functions.ts';

/** What an expression is evaluated over. */
export interface ExpressionContext {
  /** The value of a field at its path. */
  read: (field: string) => unknown;
  /** Epoch ms; absent where nothing may depend on when it is asked. */
  now?: number;
}

const isScalar = (value: unknown): value is number | string | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

/** Objects are nothing to an expression. */
const seen = (value: unknown): ExpressionValue => {
  if (isScalar(value)) return value;
  return Array.isArray(value) && value.every(isScalar) ? value : null;
};

/**
 * What an expression comes to. It reads fields and calls the functions of the language, and does nothing else. What is
 * missing, or not of the kind that a function takes, makes what is said of it missing; it never throws.
 *
 * @example evaluateExpression(readExpression('round(ltv / 3, 2)'), { read: () => 10 }) // 3.33
 */
export const evaluateExpression = (expression: Expression, context: ExpressionContext): ExpressionValue => {
  if (expression.kind === 'value') return expression.value;
  if (expression.kind === 'field') return seen(context.read(expression.field));
  const parts = expression.parts.map(part => () => evaluateExpression(part, context));
  return functionNamed(expression.name)?.run(parts, context.now) ?? null;
};
