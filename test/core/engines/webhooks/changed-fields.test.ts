import { expect, test } from 'vitest';
import { changedFields } from '../../../../core/engines/webhooks/changed-fields.ts';

test.each([
  ['nothing', { attributes: { city: 'Ulm' } }, { attributes: { city: 'Ulm' } }, []],
  ['another value', { attributes: { city: 'Ulm' } }, { attributes: { city: 'Rom' } }, ['attributes.city']],
  ['one that comes', { attributes: {} }, { attributes: { city: 'Rom' } }, ['attributes.city']],
  ['one that goes', { attributes: { tags: ['a'] } }, { attributes: {} }, ['attributes.tags']],
  [
    'something inside',
    { attributes: { customFields: { a: 1 } } },
    { attributes: { customFields: { a: 2 } } },
    ['attributes.customFields'],
  ],
  ['a part that comes', {}, { externalIds: { email: 'x' } }, ['externalIds.email']],
])('%s is told by name', (_what, before, after, names) => {
  expect(changedFields(before, after)).toEqual(names);
});
