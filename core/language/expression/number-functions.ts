import Big from 'big.js';
import { type ExpressionFunction, strict } from './expression-function.ts';

/** Sums and products are those of the decimals that are written, not of binary fractions: 0.1 + 0.2 is 0.3. */
const exact = (work: (left: Big, right: Big) => Big): ExpressionFunction =>
  strict(['number', 'number'], 'number', (left, right) => work(new Big(left), new Big(right)).toNumber());

/** What cannot be divided by is nothing, not a fault. */
const divided = (work: (left: Big, right: Big) => Big): ExpressionFunction =>
  strict(['number', 'number'], 'number', (left, right) =>
    right === 0 ? null : work(new Big(left), new Big(right)).toNumber(),
  );

const digitsMax = 10;
const rounded = (value: number, digits: number): number | null =>
  Number.isInteger(digits) && digits >= 0 && digits <= digitsMax
    ? new Big(value).round(digits, Big.roundHalfUp).toNumber()
    : null;

const decimal = /^-?\d{1,18}(\.\d{1,10})?$/;

export const numberFunctions: Readonly<Record<string, ExpressionFunction>> = {
  '+': exact((left, right) => left.plus(right)),
  '-': exact((left, right) => left.minus(right)),
  '*': exact((left, right) => left.times(right)),
  '/': divided((left, right) => left.div(right)),
  '%': divided((left, right) => left.mod(right)),
  negate: strict(['number'], 'number', value => -value),
  abs: strict(['number'], 'number', value => Math.abs(value)),
  floor: strict(['number'], 'number', value => Math.floor(value)),
  ceil: strict(['number'], 'number', value => Math.ceil(value)),
  round: strict(['number', 'number'], 'number', (value, digits = 0) => rounded(value, digits), { optional: 1 }),
  min: strict(['number'], 'number', (...values: number[]) => Math.min(...values), { repeats: true }),
  max: strict(['number'], 'number', (...values: number[]) => Math.max(...values), { repeats: true }),
  /** A decimal that is written as text. */
  number: strict(['text'], 'number', text => (decimal.test(text) ? Number(text) : null)),
};
