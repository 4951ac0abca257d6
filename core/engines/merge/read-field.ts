import type { Attributes } from '../../model/profile.ts';

const customPrefix = 'customFields.';

/** The value of a field by its path below `attributes`; the name of a custom field may have dots itself. */
export const readField = (attributes: Attributes, field: string): unknown =>
  field.startsWith(customPrefix)
    ? attributes.customFields[field.slice(customPrefix.length)]
    : (attributes as Record<string, unknown>)[field];
