import { unprocessable } from '../../errors.ts';
import { type Identifier, matchKey, whyUnusable } from '../../model/identifier.ts';

/**
 * Refuses identifiers that were named as such and identify nobody. An address or a number among the attributes is kept
 * all the same; it only tells nobody who it is.
 *
 * @throws Problem `VALIDATION_FAILED`
 */
export const checkIdentifiers = (named: readonly Identifier[]): void => {
  for (const identifier of named) {
    const reason = whyUnusable(identifier);
    if (reason !== undefined) throw unprocessable('body.externalIds', `${identifier.type} ${reason}`);
  }
};

/** Do two sets of identifiers name two customers? Their customer ids tell. */
export const nameTwoCustomers = (held: readonly Identifier[], given: readonly Identifier[]): boolean => {
  const customers = (identifiers: readonly Identifier[]) =>
    identifiers.filter(({ type }) => type === 'customerId').map(matchKey);
  const known = new Set(customers(held));
  return known.size > 0 && customers(given).some(key => !known.has(key));
};
