import { expect, test } from 'vitest';
import { sendProfiles } from '../../../bin/import/send-profiles.ts';
import { openClient } from '../../../core/contract/client.ts';
import type { MappedRow } from '../../../core/engines/imports/row.ts';
import { type Answering, jsonAnswer } from '../../fixtures/test-server.ts';
import { openFakePlatform, problemAnswer } from '../fake-platform.ts';

const rowOf = (number: number, body: MappedRow['body']): MappedRow => ({ row: { number, cells: {} }, body });

const open = async (answer: Answering) => {
  const platform = await openFakePlatform(answer);
  const client = openClient({ baseUrl: platform.url, key: 'key-1' });
  const retrying = <Result>(call: (signal: AbortSignal) => Promise<Result>) => call(AbortSignal.timeout(5000));
  return { ...platform, send: sendProfiles(client, { importId: 'import-1', source: 'crm', lanes: 4, retrying }) };
};

test('each row is an upsert under a key of its own', async () => {
  const { send, sent } = await open(() => jsonAnswer(201, { success: true, data: {} }));
  const tally = await send([rowOf(1, { email: 'a@b.co' }), rowOf(2, { email: 'c@d.co' })]);
  expect(tally).toMatchObject({ accepted: 2, errors: [] });
  expect(
    sent()
      .map(({ url, headers }) => [url, headers['idempotency-key']])
      .sort(),
  ).toEqual([
    ['/api/cdp/profiles?onConflict=upsert&source=crm', 'import-1-1'],
    ['/api/cdp/profiles?onConflict=upsert&source=crm', 'import-1-2'],
  ]);
});

test('rows of one person arrive in the order of the file, by whichever identifier', async () => {
  const { send, sent } = await open(async ({ body }) => {
    await new Promise(resolve => setTimeout(resolve, body.includes('"first"') ? 40 : 0));
    return jsonAnswer(200, { success: true, data: {} });
  });
  await send([
    rowOf(1, { email: 'A@b.co', customerId: '7', firstName: 'first' }),
    rowOf(2, { email: 'x@y.co', firstName: 'other' }),
    rowOf(3, { customerId: '7', firstName: 'second' }),
    rowOf(4, { email: 'a@B.co', firstName: 'third' }),
  ]);
  const order = sent().map(({ body }) => (JSON.parse(body) as { firstName: string }).firstName);
  expect(order.filter(name => name !== 'other')).toEqual(['first', 'second', 'third']);
  expect(order.indexOf('other')).toBeLessThan(order.indexOf('second'));
});

test('a profile that the platform refuses is a row error; a key that may not ends the import', async () => {
  const { send } = await open(({ body }) =>
    body.includes('nobody') ? problemAnswer(401, 'UNAUTHORIZED') : problemAnswer(422, 'VALIDATION_FAILED'),
  );
  expect(await send([rowOf(5, { email: 'bad' })])).toMatchObject({
    accepted: 0,
    errors: [{ row: { number: 5 }, reason: 'said no' }],
  });
  await expect(send([rowOf(6, { firstName: 'nobody' })])).rejects.toMatchObject({ status: 401 });
});
