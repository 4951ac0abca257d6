import type { BulkAction } from '../../model/bulk-action.ts';
import { AttributesPatch } from '../../model/profile.ts';
import type { PersonRecord } from '../../model/profile-state.ts';
import { sameValue } from '../../model/same-value.ts';

type EditAction = Exclude<BulkAction, { action: 'delete' }>;

const customPrefix = 'customFields.';

/** The path below `attributes` that an action writes. */
export const writtenPath = (action: EditAction): string =>
  action.action === 'set_field' ? action.field.replace(/^attributes\./, '') : 'tags';

/** What setting a field writes; `undefined` where profiles have no such field, or it cannot have this value. */
export const fieldPatch = (field: string, value: unknown): AttributesPatch | undefined => {
  const path = field.replace(/^attributes\./, '');
  const patch = path.startsWith(customPrefix)
    ? { customFields: { [path.slice(customPrefix.length)]: value } }
    : { [path]: value };
  const parsed = field.startsWith('attributes.') ? AttributesPatch.safeParse(patch) : undefined;
  return parsed?.success ? parsed.data : undefined;
};

/** What an action makes of the attributes of a person; `undefined` where they are so already. */
export const bulkEdit = (action: EditAction, { attributes }: PersonRecord): AttributesPatch | undefined => {
  if (action.action === 'set_field') return changedBy(action, attributes);
  const { tags } = attributes;
  const wanted =
    action.action === 'add_tags'
      ? [...new Set([...tags, ...action.tags])]
      : tags.filter(tag => !action.tags.includes(tag));
  return wanted.length === tags.length ? undefined : { tags: wanted };
};

const changedBy = (
  { field, value }: Extract<EditAction, { action: 'set_field' }>,
  attributes: PersonRecord['attributes'],
): AttributesPatch | undefined => {
  const patch = fieldPatch(field, value);
  if (!patch) return undefined;
  const { customFields, ...plain } = patch;
  const held = (values: object, name: string) => (values as Record<string, unknown>)[name] ?? null;
  const same =
    Object.entries(plain).every(([name, one]) => sameValue(held(attributes, name), one)) &&
    Object.entries(customFields ?? {}).every(([name, one]) => sameValue(held(attributes.customFields, name), one));
  return same ? undefined : patch;
};
