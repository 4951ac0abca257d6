import Big from 'big.js';

/**
 * A sum of money in hundredths, rounded half up; where they do not tell it exactly, also the sum itself.
 *
 * @example inCents(124.995) // { cents: 12500, exact: 124.995 }
 */
export const inCents = (sum: number): { cents: number; exact: number | null } => {
  const hundredths = new Big(sum).times(100);
  const cents = hundredths.round(0, Big.roundHalfUp).toNumber();
  return { cents, exact: Number.isSafeInteger(cents) && hundredths.eq(cents) ? null : sum };
};
