import type { FieldPolicy, View } from '../model/caller.ts';
import type { IdentifierType } from '../model/identifier.ts';
import { Profile } from '../model/profile.ts';
import { fieldClassAt } from './field-class-at.ts';

/** What a rule of the field, or of what it is in, makes of it; `undefined` where no rule does. */
export const ruledViewAt = (policy: FieldPolicy, path: string): View | undefined => {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('.'), 0))) {
    const ruled = policy[`field:${at}`];
    if (ruled) return ruled;
  }
  return undefined;
};

/**
 * How a caller sees the field of profiles at a dotted path.
 *
 * @example viewAt({ contact: 'mask' }, 'attributes.firstName') // 'mask'
 */
export const viewAt = (policy: FieldPolicy, path: string): View => {
  const fieldClass = fieldClassAt(Profile, path);
  return ruledViewAt(policy, path) ?? (fieldClass && policy[fieldClass]) ?? 'show';
};

const lists: Readonly<Record<string, string>> = {
  deviceId: 'deviceIds',
  anonymousId: 'anonymousIds',
  cookie: 'cookies',
  advertisingId: 'advertisingIds',
};

/** Where identifiers of a type stand in a profile. */
export const identifierPath = (type: IdentifierType): string =>
  `externalIds.${type.startsWith('custom:') ? type.replace(':', '.') : (lists[type] ?? type)}`;
