import { attributeShape } from '../../model/profile.ts';

/** By what people are known is told as it stands among what names them. */
const identifying = new Set(['email', 'phone', 'customerId']);

/**
 * The path of a field that may be named by its last name alone.
 *
 * @example fullPath('firstName') // 'attributes.firstName'
 */
export const fullPath = (field: string): string => {
  if (identifying.has(field)) return `externalIds.${field}`;
  return Object.hasOwn(attributeShape, field) || field === 'tags' ? `attributes.${field}` : field;
};
