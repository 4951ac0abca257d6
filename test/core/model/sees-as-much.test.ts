import { expect, test } from 'vitest';
import type { FieldPolicy } from '../../../core/model/caller.ts';
import { seesAsMuch } from '../../../core/model/sees-as-much.ts';

test.each<[FieldPolicy, FieldPolicy, boolean]>([
  [{}, {}, true],
  [{}, { contact: 'drop' }, true],
  [{ contact: 'mask' }, {}, false],
  [{ contact: 'mask' }, { contact: 'mask' }, true],
  [{ contact: 'mask' }, { contact: 'hash' }, false],
  [{ contact: 'hash' }, { contact: 'mask' }, false],
  [{ contact: 'hash' }, { contact: 'drop' }, true],
  [{ 'field:attributes.city': 'show' }, {}, true],
  [{ 'field:attributes.city': 'mask' }, {}, false],
  [{}, { 'field:attributes.city': 'mask' }, false],
  [{}, { 'field:attributes.city': 'drop' }, true],
  [{ 'field:attributes.city': 'mask' }, { 'field:attributes.city': 'mask' }, true],
])('who reads under %j may have what was shown under %j: %j', (own, shown, may) => {
  expect(seesAsMuch(own, shown)).toBe(may);
});
