import { expect, test } from 'vitest';
import { tableProfileSeals } from '../../../../../functions/adapters/lake/write/table-profile-seals.ts';
import { memoryTable } from '../../../../../functions/adapters/table/memory-table.ts';

const opened = () => {
  const table = memoryTable();
  return { table, seals: tableProfileSeals(table), others: tableProfileSeals(table) };
};

test('what one process has sealed another opens, and only for what it is bound to', async () => {
  const { seals, others } = opened();
  const sealed = (await seals.toSeal(['p1'])).get('p1')?.seal('Ann, ann@example.com', 'event-1') ?? '';
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('ann@');
  const seal = (await others.toOpen(['p1'])).get('p1');
  expect(seal?.open(sealed, 'event-1')).toBe('Ann, ann@example.com');
  expect(() => seal?.open(sealed, 'event-2')).toThrow();
});

test('two processes that begin with a profile at the same time use one key', async () => {
  const { seals, others } = opened();
  const [one, other] = await Promise.all([seals.toSeal(['p1']), others.toSeal(['p1'])]);
  expect(other.get('p1')?.open(one.get('p1')?.seal('x', 'e') ?? '', 'e')).toBe('x');
});

test('keys differ between profiles, and pseudonyms with them', async () => {
  const { seals } = opened();
  const known = await seals.toSeal(['p1', 'p2']);
  const [one, other] = [known.get('p1'), known.get('p2')];
  expect(() => other?.open(one?.seal('x', 'e') ?? '', 'e')).toThrow();
  expect(one?.pseudonym('device-1')).toBe(one?.pseudonym('device-1'));
  expect(one?.pseudonym('device-1')).not.toBe(other?.pseudonym('device-1'));
});

test('a key that was destroyed is nowhere and comes back for nobody', async () => {
  const { table, seals, others } = opened();
  await seals.toSeal(['p1', 'p2']);
  const before = JSON.stringify((await table.query({ pk: 'K#p1' })).items);
  await others.destroy('p1');
  expect(before).toContain('"k"');
  expect(JSON.stringify((await table.query({ pk: 'K#p1' })).items)).not.toContain('"k"');
  expect([...(await others.toOpen(['p1', 'p2'])).keys()]).toEqual(['p2']);
  expect([...(await others.toSeal(['p1', 'p2'])).keys()]).toEqual(['p2']);
});

test('who is only read gets no key', async () => {
  const { seals, table } = opened();
  expect((await seals.toOpen(['p1'])).size).toBe(0);
  expect((await table.query({ pk: 'K#p1' })).items).toEqual([]);
});
