import { expect, test } from 'vitest';
import { sendEvents } from '../../../bin/import/send-events.ts';
import { openClient } from '../../../core/contract/client.ts';
import type { MappedRow } from '../../../core/engines/imports/row.ts';
import { type Answering, jsonAnswer } from '../../fixtures/test-server.ts';
import { eventsIn, openFakePlatform, problemAnswer, takeAll } from '../fake-platform.ts';

const rowsOf = (...ids: string[]): MappedRow[] =>
  ids.map((id, index) => ({
    row: { number: index + 1, cells: { id } },
    body: { type: 'purchase', identifiers: [{ type: 'customerId', value: id }], properties: { amount: '1.10' } },
  }));

const open = async (answer?: Answering) => {
  const platform = await openFakePlatform(answer);
  const client = openClient({ baseUrl: platform.url, key: 'key-1' });
  const send = sendEvents(client, { importId: 'import-1', retrying: call => call(AbortSignal.timeout(5000)) });
  return { ...platform, send };
};

test('each row is an event with an id of its own, and amounts are decimal text on the wire', async () => {
  const { send, sent, sentEvents } = await open();
  expect(await send(rowsOf('a', 'b'))).toEqual({ accepted: 2, duplicates: 0, errors: [], warnings: [] });
  expect(sentEvents().map(({ messageId }) => messageId)).toEqual(['import-1-1', 'import-1-2']);
  expect(sent()[0]?.body).toContain('"amount":"1.10"');
});

test('a row that the platform refuses is named with where and why; the others are taken', async () => {
  const { send } = await open();
  const rows = rowsOf('a', 'null', 'c');
  const { accepted, errors } = await send(rows);
  expect(accepted).toBe(2);
  expect(errors).toMatchObject([{ row: { number: 2 }, path: 'identifiers', reason: expect.stringContaining('share') }]);
});

test('a time that cannot be read refuses the row: it must not become today', async () => {
  const { send } = await open();
  const [row] = rowsOf('a');
  const { errors } = await send([
    { row: row?.row ?? { number: 1, cells: {} }, body: { ...row?.body, timestamp: '31/12/1997' } },
  ]);
  expect(errors).toMatchObject([{ path: 'timestamp', reason: 'is not an ISO 8601 time' }]);
});

test('a request that is refused for one row is halved until the row stands alone', async () => {
  const { send, sent } = await open(request =>
    request.body.includes('poison') ? problemAnswer(400, 'INVALID_REQUEST') : takeAll(request),
  );
  const { accepted, errors } = await send(rowsOf('a', 'b', 'c', 'poison', 'e', 'f', 'g', 'h'));
  expect(accepted).toBe(7);
  expect(errors).toMatchObject([{ row: { number: 4 }, reason: 'said no' }]);
  const last = new Map(sent().flatMap(request => eventsIn(request).map(({ messageId, ...rest }) => [messageId, rest])));
  expect([...last.keys()].sort()).toEqual(rowsOf(...'abcdefgh').map(({ row }) => `import-1-${row.number}`));
});

test('a key that may not do this ends the import instead of refusing every row', async () => {
  const error = { code: 'FORBIDDEN', message: 'A write key may not set consent', details: [] };
  const { send } = await open(() =>
    jsonAnswer(202, {
      success: true,
      data: { batchId: 'b', accepted: 0, duplicates: 0, rejected: 1, results: [{ index: 0, error }] },
    }),
  );
  await expect(send(rowsOf('a'))).rejects.toMatchObject({ status: 403, message: 'A write key may not set consent' });
});

test('an answer that does not count every row is not taken for one', async () => {
  const { send } = await open(() => ({ status: 200, headers: {}, body: '<h1>Welcome</h1>' }));
  await expect(send(rowsOf('a'))).rejects.toThrow('The platform told of no events where 1 were sent');
});
