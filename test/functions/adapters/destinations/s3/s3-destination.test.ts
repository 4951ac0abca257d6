import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { s3Destination } from '../../../../../functions/adapters/destinations/s3/s3-destination.ts';
import { duckdb } from '../../../../../functions/adapters/lake/duckdb.ts';
import { memoryObjectStore } from '../../../../../functions/adapters/objects/memory-object-store.ts';
import { sha256 } from '../../../../../functions/adapters/sha256.ts';
import { adding } from '../../../../fixtures/fake-destinations.ts';

const rows = [
  ...adding([{ id: 'profile-1', email: 'jane@example.com', firstName: '=1+1' }]),
  { row: 'profile-2:3', operation: 'remove' as const, profileId: 'profile-2' },
];

const opened = (format: 'csv' | 'json' | 'parquet') => {
  const store = memoryObjectStore();
  const now = () => Date.parse('2026-02-15T12:00:00.000Z');
  const destination = s3Destination({ objects: () => store, engine: duckdb(), sha256, now });
  const delivery = { audienceId: 'audience-1', audienceName: 'Spenders', place: { prefix: 'crm', format }, rows };
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of store.list('drops/')) found.push(key);
    return found;
  };
  const bodyOf = async (key: string) => Buffer.from((await store.get(key))?.body ?? []);
  return { destination, delivery, keys, bodyOf };
};

test.each(['csv', 'json', 'parquet'] as const)(
  'a delivery is one %s file, and the same one when it is repeated',
  async format => {
    const { destination, delivery, keys } = opened(format);
    const [first, second] = [await destination.deliver(delivery), await destination.deliver(delivery)];
    expect(second).toEqual(first);
    expect(await keys()).toEqual([first.remoteId]);
    expect(first.remoteId).toMatch(/^drops\/crm\/audience-1\/changes\/2026-02-15\/[0-9a-f]{32}\.(csv|ndjson|parquet)$/);
  },
);

test('a spreadsheet takes no cell for a formula', async () => {
  const { destination, delivery, bodyOf } = opened('csv');
  const { remoteId = '' } = await destination.deliver(delivery);
  expect((await bodyOf(remoteId)).toString()).toBe(
    'operation,row,profileId,email,phone,customerId,firstName,lastName,country\n' +
      "add,profile-1:1,profile-1,jane@example.com,,,'=1+1,,\nremove,profile-2:3,profile-2,,,,,,\n",
  );
});

test('a Parquet file holds what was delivered', async () => {
  const { destination, delivery, bodyOf } = opened('parquet');
  const { remoteId = '' } = await destination.deliver(delivery);
  const folder = mkdtempSync(join(tmpdir(), 'cdp-drop-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'drop.parquet');
  writeFileSync(file, await bodyOf(remoteId));
  const found = await duckdb().using(one =>
    one.rows(`SELECT operation, "profileId", email FROM read_parquet('${file}') ORDER BY "profileId"`),
  );
  expect(found).toEqual([
    { operation: 'add', profileId: 'profile-1', email: 'jane@example.com' },
    { operation: 'remove', profileId: 'profile-2', email: null },
  ]);
});

test('an exchange of everybody counts when it is complete', async () => {
  const { destination, delivery, keys, bodyOf } = opened('json');
  const session = await destination.replace?.begin(delivery, 1);
  if (!session) throw new Error('it exchanges nobody');
  const batch = { ...delivery, rows: rows.slice(0, 1) };
  await destination.replace?.send(batch, { session, sequence: 1, last: false });
  expect(await keys()).toEqual([expect.stringMatching(/full\/[^/]+\/part-000001\.ndjson$/)]);
  await destination.replace?.send({ ...batch, rows: [] }, { session, sequence: 2, last: true });
  const complete = (await keys()).find(key => key.endsWith('/_complete.json')) ?? '';
  expect(JSON.parse((await bodyOf(complete)).toString())).toMatchObject({ audienceId: 'audience-1', parts: 2 });
});
