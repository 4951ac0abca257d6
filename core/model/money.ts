import Big from 'big.js';
import * as z from 'zod';

const decimalPattern = /^-?\d{1,15}(\.\d{1,10})?$/;

/**
 * An exact decimal: at most 15 digits before and 10 after the point, as a JSON number or a decimal string.
 * Parses to a canonical decimal string, so that no sum ever passes through a binary float.
 *
 * @example Decimal.parse(124.995) // '124.995'
 */
export const Decimal = z
  .union([z.number(), z.string().max(32)])
  .refine(
    value => decimalPattern.test(plain(value)),
    'must be a decimal of at most 15 digits before and 10 after the point',
  )
  .transform(value => new Big(plain(value)).toFixed());

/** Large and small numbers without an exponent; what is no number stays as it is and fails the pattern. */
const plain = (value: number | string): string => (typeof value === 'number' ? new Big(value).toFixed() : value);

/** A decimal that is not below zero. */
export const PositiveDecimal = Decimal.refine(decimal => !isNegativeDecimal(decimal), 'must not be negative');

export const multiplyDecimals = (left: string, right: string): string => new Big(left).times(right).toFixed();

export const sumDecimals = (decimals: string[]): string =>
  decimals.reduce((sum, decimal) => sum.plus(decimal), new Big(0)).toFixed();

/** Adds decimal strings exactly. */
export const addDecimals = (left: string, right: string): string => new Big(left).plus(right).toFixed();

/** Subtracts decimal strings exactly. */
export const subtractDecimals = (left: string, right: string): string => new Big(left).minus(right).toFixed();

export const isNegativeDecimal = (decimal: string): boolean => decimal.startsWith('-');

/** `left / right`, rounded half up to `places` digits. */
export const divideDecimals = (left: string, right: string | number, places: number): string =>
  new Big(left).div(right).round(places, Big.roundHalfUp).toFixed();

/** The number that prints as this decimal, for answers. */
export const decimalToNumber = (decimal: string): number => Number(decimal);

/** An ISO 4217 code, upper case. */
export const Currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, 'must be a three-letter currency code')
  .transform(code => code.toUpperCase());
