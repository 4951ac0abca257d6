import type { AcceptedEvent } from '../../model/accepted-event.ts';
import type { OrderState } from '../../model/order.ts';
import type { PersonRecord, ProfileState } from '../../model/profile-state.ts';

/** An item of the table has at most 400 KB, the index key and its names included. */
export const personBytesMax = 350_000;
const currenciesMax = 100;
const refundsMax = 100;

/** Whether a person has outgrown what an item can hold. A UTF-16 unit has at most three bytes in UTF-8. */
export const isPersonTooLarge = (person: PersonRecord): boolean => {
  const text = JSON.stringify(person);
  return text.length * 3 > personBytesMax && new TextEncoder().encode(text).length > personBytesMax;
};

/** Whether a profile has outgrown what its items can hold. */
export const isTooLarge = ({ head, person }: ProfileState): boolean =>
  Object.keys(head.counters.otherCurrencies).length > currenciesMax || isPersonTooLarge(person);

/** Whether an order was given back in more parts than are kept. */
export const isOrderFull = ({ refunds }: OrderState): boolean => refunds.length > refundsMax;

/** Whether folding the event may make a profile larger, beyond its counters. */
export const makesLarger = ({ type, traits, properties }: AcceptedEvent): boolean =>
  traits !== undefined || (type === 'purchase' && properties.currency !== undefined);
