import { decimalToNumber, divideDecimals, multiplyDecimals } from './money.ts';

const without = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const thousandths = 'BHD IQD JOD KWD LYD OMR TND';

/** The currencies whose smallest unit is not a hundredth (ISO 4217). */
const digitsOf = new Map([
  ...without.split(' ').map((currency): [string, number] => [currency, 0]),
  ...thousandths.split(' ').map((currency): [string, number] => [currency, 3]),
]);

/** How many of its smallest unit a currency has to one. */
export const unitsOf = (currency: string): number => 10 ** (digitsOf.get(currency) ?? 2);

/**
 * An exact decimal as a whole number of the currency's smallest unit, rounded half up; `undefined` where that is more
 * than a number can be exact.
 *
 * @example minorUnits('124.995', 'USD') // 12500
 */
export const minorUnits = (decimal: string, currency: string): number | undefined => {
  const factor = String(unitsOf(currency));
  const units = decimalToNumber(divideDecimals(multiplyDecimals(decimal, factor), 1, 0));
  return Number.isSafeInteger(units) ? units : undefined;
};

/**
 * A whole number of the currency's smallest unit as an amount of it.
 *
 * @example majorUnits(12500, 'USD') // 125
 */
export const majorUnits = (units: number, currency: string): number => {
  const digits = digitsOf.get(currency) ?? 2;
  return Number((units / 10 ** digits).toFixed(digits));
};
