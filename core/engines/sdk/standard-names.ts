import type { SdkCall } from './sdk-call.ts';

/** What SDK users call what we have a type for. `Page` and `Screen` are the calls of that name. */
export const standardNames: Readonly<Record<string, string>> = {
  'Order Completed': 'purchase',
  'Order Refunded': 'refund',
  'Product Viewed': 'product_view',
  'Product Added': 'add_to_cart',
  'Product Removed': 'remove_from_cart',
  'Product Added to Wishlist': 'wishlist',
  'Email Opened': 'email_open',
  'Email Link Clicked': 'email_click',
  Unsubscribed: 'email_unsubscribe',
  'Email Marked as Spam': 'spam_complaint',
  Page: 'page_view',
  Screen: 'page_view',
};

/** Names of one's own, or `null` where a standard name is to mean nothing. */
export type OwnNames = Readonly<Record<string, string | null>>;

/** The type of a name, by `nameKey`. */
export type NameTable = ReadonlyMap<string, string>;

/** Names are the same whatever their case, and whether their words are joined by blanks, `_` or `-`. */
export const nameKey = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');

/** The names as they hold: the standard ones, with one's own in their place and beside them. */
export const nameTable = (own: OwnNames): NameTable => {
  const table = new Map(Object.entries(standardNames).map(([name, type]) => [nameKey(name), type]));
  for (const [name, type] of Object.entries(own)) {
    if (type === null) table.delete(nameKey(name));
    else table.set(nameKey(name), type);
  }
  return table;
};

export interface ShownName {
  name: string;
  type: string;
  source: 'standard' | 'own';
}

/** The names as they hold, to be read. */
export const shownNames = (own: OwnNames): ShownName[] => {
  const replaced = new Set(Object.keys(own).map(nameKey));
  const standard = Object.entries(standardNames).filter(([name]) => !replaced.has(nameKey(name)));
  const ours = Object.entries(own).flatMap(([name, type]) =>
    type === null ? [] : [{ name, type, source: 'own' as const }],
  );
  return [...standard.map(([name, type]) => ({ name, type, source: 'standard' as const })), ...ours].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
};

/** What no type may hold; the name stands as it was in the context. */
const notInTypes = /[^A-Za-z0-9_ .:/-]/g;

/**
 * The type of the event that a call makes.
 *
 * @example eventType({ type: 'track', given: { event: 'order completed' }, context: {} }, nameTable({})) // 'purchase'
 */
export const eventType = ({ type, given }: SdkCall, names: NameTable): string => {
  if (type === 'identify' || type === 'group' || type === 'alias') return type;
  if (type !== 'track') return names.get(type) ?? type;
  const name = String(given.event).trim();
  return names.get(nameKey(name)) ?? name.replaceAll(notInTypes, '_').slice(0, 100);
};
