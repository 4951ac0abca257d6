import { expect, test } from 'vitest';
import { guessColumns, mappingOf } from '../../../../console/src/features/events/import/mapping.ts';
import { guessField } from '../../../../console/src/features/events/import/target-fields.ts';
import { ImportMapping } from '../../../../core/model/import-spec.ts';

test.each([
  ['profiles', 'First Name', 'firstName'],
  ['profiles', 'E-Mail', 'email'],
  ['profiles', 'Plan', 'customFields.Plan'],
  ['profiles', 'order.total', 'customFields.order_total'],
  ['events', 'amount', 'properties.amount'],
  ['consents', 'whatever', ''],
] as const)('for %s the column %s is taken for %s', (kind, column, field) => {
  expect(guessField(kind, column)).toBe(field);
});

test('numbers of events become numbers, what is left out stays out, and the type may be the same for every row', () => {
  const head = { format: 'csv' as const, columns: ['customerId', 'amount', 'note'], example: { amount: '12.50' } };
  const columns = { ...guessColumns('events', head), note: '' };
  const mapping = mappingOf(columns, head, 'purchase');
  expect(mapping).toEqual({
    type: { value: 'purchase' },
    customerId: 'customerId',
    'properties.amount': { column: 'amount', as: 'number' },
  });
  expect(ImportMapping.safeParse(mapping).success).toBe(true);
});
