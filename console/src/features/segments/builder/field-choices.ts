import type { ComboboxItem, ComboboxItemGroup } from '@mantine/core';
import { fixedFields } from '../../../../../core/model/profile-fields.ts';
import { fieldName } from '../../../words/fields.ts';
import { segmentWords as words } from '../../../words/segments.ts';

const customPrefix = 'attributes.customFields.';
const groupNames = ['attributes', 'computed', 'consent', 'externalIds'];

const groupOf = (path: string): string => {
  const [first = ''] = path.split('.');
  return groupNames.includes(first) ? first : 'other';
};

const fixed: ComboboxItemGroup<ComboboxItem>[] = [...groupNames, 'other'].map(group => ({
  group: words.fieldGroups[group] ?? group,
  items: Object.keys(fixedFields)
    .filter(path => groupOf(path) === group)
    .map(path => ({ value: path, label: fieldName(path) })),
}));

/** The fields to choose from; what is typed may be a custom field, as the chosen one may be. */
export const fieldChoices = (chosen: string, typed: string): ComboboxItemGroup<ComboboxItem>[] => {
  const paths = new Set([
    ...(chosen.startsWith(customPrefix) ? [chosen] : []),
    ...(/^[\w$-]{2,100}$/.test(typed) && !(typed in fixedFields) ? [`${customPrefix}${typed}`] : []),
  ]);
  const items = [...paths].map(path => ({ value: path, label: words.customField(fieldName(path)) }));
  return items.length === 0 ? fixed : [...fixed, { group: words.fieldGroups.custom ?? '', items }];
};
