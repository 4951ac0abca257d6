import { CustomValue } from '../../model/profile.ts';
import { isObject } from './read-member.ts';

type Fields = Record<string, CustomValue | null>;

/** What of traits can be kept as fields of a profile, and what cannot. */
export interface Fitted {
  fields: Fields;
  rest: Record<string, unknown>;
}

const levelsMax = 3;
const nameMax = 100;
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/** A dot would part the name where conditions name it. */
const fieldName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_$ :-]/g, '_').slice(0, nameMax);

/**
 * Traits as custom fields: what is nested gets the names of its levels, joined by `_`.
 *
 * @example customFields({ plan: { name: 'pro' } }).fields // { plan_name: 'pro' }
 */
export const customFields = (traits: Record<string, unknown>, prefix = ''): Fitted => {
  const fitted: Fitted = { fields: {}, rest: {} };
  for (const [name, value] of Object.entries(traits)) place(fieldName(`${prefix}${name}`), value, 1, fitted);
  return fitted;
};

const place = (name: string, value: unknown, level: number, { fields, rest }: Fitted): void => {
  if (value === undefined || name === '') return;
  if (isObject(value) && level < levelsMax) {
    for (const [inner, one] of Object.entries(value))
      place(fieldName(`${name}_${inner}`), one, level + 1, { fields, rest });
    return;
  }
  const parsed = value === null ? { success: true as const, data: null } : CustomValue.safeParse(value);
  if (parsed.success && !reserved.has(name)) fields[name] = parsed.data;
  else rest[name] = value;
};
