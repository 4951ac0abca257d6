import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../../core/ports/audit-log.ts';
import { keys } from '../../../../functions/adapters/stores/access-patterns.ts';
import { tableAuditLog } from '../../../../functions/adapters/stores/table-audit-log.ts';
import { memoryTable } from '../../../../functions/adapters/table/memory-table.ts';

const entry: AuditEntry = {
  at: '2026-02-15T12:00:00.000Z',
  actor: 'key-1',
  action: 'getProfile',
  subjects: ['profile-1'],
  fieldClasses: ['contact'],
  requestId: 'request-1',
  status: 200,
};

test('entries of the same moment stand side by side; none replaces another', async () => {
  const table = memoryTable();
  await Promise.all(Array.from({ length: 50 }, () => tableAuditLog(table).append(entry)));
  const partitions = await Promise.all(
    Array.from({ length: 16 }, (_, partition) => table.query({ pk: keys.audit('2026-02-15', partition, '').pk })),
  );
  const kept = partitions.flatMap(page => page.items);
  expect(kept).toHaveLength(50);
  for (const item of kept) expect(item.e).toEqual(entry);
  expect(partitions.filter(page => page.items.length > 0).length).toBeGreaterThan(4);
});

test('an entry that could not be kept is an error', async () => {
  const table = memoryTable({
    before: () => {
      throw new Error('throttled');
    },
  });
  await expect(tableAuditLog(table).append(entry)).rejects.toThrow('throttled');
});
