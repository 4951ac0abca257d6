import { isObject } from './read-member.ts';

type Properties = Record<string, unknown>;

/** The types whose properties have names of ours. */
const commerceTypes = new Set(['purchase', 'refund', 'product_view', 'add_to_cart', 'remove_from_cart', 'wishlist']);
const moneyTypes = new Set(['purchase', 'refund']);

const renamed: ReadonlyMap<string, string> = new Map([
  ['order_id', 'orderId'],
  ['product_id', 'productId'],
  ['products', 'items'],
]);

/** Sums that were made in binary have digits behind the tenth that nobody meant. */
const tidyNumber = (value: unknown): unknown =>
  typeof value === 'number' && Number.isFinite(value) ? Number(value.toFixed(10)) : value;

const withOurNames = (given: Properties): Properties => {
  const ours: Properties = {};
  for (const [name, value] of Object.entries(given)) {
    const own = renamed.get(name);
    if (own === undefined || Object.hasOwn(given, own)) ours[name] = value;
    else ours[own] = value;
  }
  return ours;
};

/** What is said to be nothing is left out, where a number is wanted. */
const line = (given: unknown): unknown => {
  if (!isObject(given)) return given;
  const own = withOurNames(given);
  for (const name of ['quantity', 'price']) {
    if (own[name] === null) delete own[name];
    else if (own[name] !== undefined) own[name] = tidyNumber(own[name]);
  }
  return own;
};

const textual = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

/** What an order was worth: what it brought, or else what was paid in all. */
const amountOf = ({ amount, revenue, total }: Properties): unknown => tidyNumber(amount ?? revenue ?? total);

/**
 * The properties of an e-commerce event under our names; those that we have no name for stay as they are.
 *
 * @example commerceProperties('purchase', { order_id: 'o-1', revenue: 9.5, currency: 'EUR' })
 *   // { orderId: 'o-1', revenue: 9.5, currency: 'EUR', amount: 9.5 }
 */
export const commerceProperties = (type: string, given: Properties): Properties => {
  if (!commerceTypes.has(type)) return given;
  const own = withOurNames(given);
  if (Array.isArray(own.items)) own.items = own.items.map(line);
  if (!moneyTypes.has(type)) return own;
  const amount = amountOf(given);
  if (amount === undefined) delete own.amount;
  else own.amount = amount;
  for (const name of ['orderId', 'currency', 'items']) if (own[name] === null) delete own[name];
  if (own.orderId !== undefined) own.orderId = textual(own.orderId);
  return own;
};
