import { randomBytes } from 'node:crypto';
import type { AuditLog } from '../../../core/ports/audit-log.ts';
import type { Table, Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const partitions = 16;

/** Append only: an entry is never replaced, and no function may delete one. */
export const tableAuditLog = (table: Table): AuditLog => ({
  append: entry => {
    const random = randomBytes(12);
    const key = keys.audit(
      entry.at.slice(0, 10),
      (random[0] ?? 0) % partitions,
      `${entry.at}#${random.toString('hex')}`,
    );
    return table.write({
      kind: 'put',
      item: { ...key, e: entry as unknown as Value },
      when: [{ attribute: 'pk', is: 'absent' }],
    });
  },
});
