import { beforeAll, describe, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeAll(async () => {
  platform = await openPlatform();
  id = (await platform.call('createProfile', { body: { email: 'a@example.com' } })).data.id;
  const times = ['2026-02-14T23:59:59.999Z', '2026-02-15T00:00:00.000Z', '2026-02-15T10:00:00.000Z'];
  const events = [
    ...times.map((timestamp, n) => ({
      ...{ profileId: id, type: n === 2 ? 'purchase' : 'page_view', timestamp, messageId: `m-${n}` },
      properties: n === 2 ? { amount: 5, deep: { a: [1, 'ü'] } } : {},
    })),
    { identifiers: [{ type: 'email', value: 'A@example.com' }], type: 'email_open', messageId: 'm-3' },
  ];
  await platform.call('trackEvents', { body: { events } });
  await platform.foldEvents();
});

const list = async (query = {}) => (await platform.call('listProfileEvents', { params: { id }, query })).data;
const messages = async (query = {}) => (await list(query)).items.map(({ messageId }) => messageId);

test('newest first, as they were sent, without who the client said it was', async () => {
  expect(await messages()).toEqual(['m-3', 'm-2', 'm-1', 'm-0']);
  const [, purchase] = (await list()).items;
  expect(purchase).toEqual({
    id: expect.stringMatching(/^event-/),
    ...{ messageId: 'm-2', profileId: id, type: 'purchase', timestamp: '2026-02-15T10:00:00.000Z' },
    receivedAt: '2026-02-15T12:00:00.000Z',
    properties: { amount: 5, deep: { a: [1, 'ü'] } },
  });
});

describe('chooses', () => {
  test.each([
    ['a type', { type: 'purchase' }, ['m-2']],
    ['a day, which is whole at both ends', { startDate: '2026-02-15', endDate: '2026-02-15' }, ['m-3', 'm-2', 'm-1']],
    ['everything up to a day', { endDate: '2026-02-14' }, ['m-0']],
    ['from an instant on', { startDate: '2026-02-15T10:00:00Z' }, ['m-3', 'm-2']],
    ['up to an instant, in another zone', { endDate: '2026-02-15T01:00:00+01:00' }, ['m-1', 'm-0']],
  ])('%s', async (_name, query, expected) => {
    expect(await messages(query)).toEqual(expected);
  });
});

test('pages by cursor name every event once, and end', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items.map(({ messageId }) => messageId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(['m-3', 'm-2', 'm-1', 'm-0']);
});

test('a date that is none is refused', async () => {
  const { status, error } = await platform.call('listProfileEvents', { params: { id }, query: { startDate: 'today' } });
  expect([status, error.details[0]?.path]).toEqual([422, 'query.startDate']);
});
