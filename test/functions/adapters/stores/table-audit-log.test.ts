import { expect, test } from 'vitest';
import { verifyAudit } from '../../../../core/flows/verify-audit.ts';
import { type AuditLink, auditLanes } from '../../../../core/model/audit-chain.ts';
import type { AuditCall } from '../../../../core/model/audit-entry.ts';
import { memoryObjectStore } from '../../../../functions/adapters/objects/memory-object-store.ts';
import { tableAuditLog } from '../../../../functions/adapters/stores/table-audit-log.ts';
import { memoryTable } from '../../../../functions/adapters/table/memory-table.ts';

const entry: AuditCall = {
  at: '2026-02-15T12:00:00.000Z',
  actor: 'key-1',
  action: 'getProfile',
  subjects: ['profile-1'],
  fieldClasses: ['contact'],
  requestId: 'request-1',
  status: 200,
};
const readKey = async () => Buffer.alloc(32, 7);

const linksIn = async (log: ReturnType<typeof tableAuditLog>): Promise<AuditLink[]> => {
  const links: AuditLink[] = [];
  for (let lane = 0; lane < auditLanes; lane += 1) {
    for await (const link of log.links('2026-02-15', lane)) links.push(link);
  }
  return links;
};

test('entries that many processes write at once are each there once, in chains that hold', async () => {
  const table = memoryTable();
  const logs = Array.from({ length: 8 }, () => tableAuditLog(table, readKey));
  await Promise.all(
    Array.from({ length: 200 }, (_, number) => logs[number % 8]?.append({ ...entry, requestId: `request-${number}` })),
  );
  const [audit = tableAuditLog(table, readKey)] = logs;
  const kept = (await linksIn(audit)).map(link => AuditCallOf(link).requestId);
  expect(kept.toSorted()).toEqual(Array.from({ length: 200 }, (_, number) => `request-${number}`).toSorted());
  const now = () => new Date('2026-02-15T13:00:00Z');
  const found = await verifyAudit(['2026-02-15'], { audit, auditAnchors: memoryObjectStore(), now });
  expect(found).toMatchObject({ checked: 200, open: 0 });
  expect(found.firstBroken).toBeUndefined();
});

const AuditCallOf = ({ entry: { text } }: AuditLink): AuditCall => JSON.parse(text);

test('an entry whose answer was lost is there once', async () => {
  const inner = memoryTable();
  let lost = 0;
  const table: typeof inner = {
    ...inner,
    write: async write => {
      await inner.write(write);
      lost += 1;
      if (lost === 1) await inner.write(write);
    },
  };
  const log = tableAuditLog(table, readKey);
  const place = await log.append(entry);
  expect(place.index).toBe(0);
  expect(await linksIn(log)).toHaveLength(1);
});

test('an outcome is said once, and only of an entry that is there', async () => {
  const log = tableAuditLog(memoryTable(), readKey);
  const { status: _status, ...call } = entry;
  const place = await log.append(call);
  const outcome = { at: entry.at, status: 201, subjects: ['profile-2'] };
  await log.close(place, outcome);
  await log.close(place, outcome);
  await expect(log.close(place, { ...outcome, status: 500 })).rejects.toThrow();
  await expect(log.close({ ...place, index: 9 }, outcome)).rejects.toThrow();
});

test('an entry that could not be kept is an error', async () => {
  const table = memoryTable({
    before: () => {
      throw new Error('throttled');
    },
  });
  await expect(tableAuditLog(table, readKey).append(entry)).rejects.toThrow('throttled');
});

test('what is no id of ours is on record by a keyed hash', async () => {
  const log = tableAuditLog(memoryTable(), readKey);
  expect(await log.pseudonym('jane@example.com')).toMatch(/^named-[\w-]{22}$/);
});
