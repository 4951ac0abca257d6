import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startPlatform();
}, 120_000);
afterAll(() => platform?.stop());

const track = async (type: string): Promise<string> => {
  const body = { identifiers: [{ type: 'customerId', value: 'ada' }], type, properties: { page: '/home' } };
  const { json } = await platform.call('POST', '/events', body);
  return (json as { data: { id: string } }).data.id;
};
const listed = async (query: string): Promise<string[]> => {
  const { json } = await platform.call('GET', `/events?${query}`);
  return (json as { data: { items: { id: string }[] } }).data.items.map(({ id }) => id);
};

/** Reads the feed until an event is told. */
const heard = async (address: string, headers: Record<string, string>, id: () => string | undefined) => {
  const aborted = new AbortController();
  const answer = await fetch(address, { headers, signal: aborted.signal });
  let text = '';
  for await (const bytes of answer.body ?? []) {
    text += Buffer.from(bytes).toString('utf8');
    const wanted = id();
    if (wanted !== undefined && text.includes(`"id":"${wanted}"`)) break;
  }
  aborted.abort();
  return { text, type: answer.headers.get('content-type') };
};

test('an event that was accepted is in the list, by its id, and in the live feed within seconds', async () => {
  const address = `${platform.url}/api/cdp/events/stream`;
  let id: string | undefined;
  const listening = heard(address, { 'x-api-key': platform.adminKey }, () => id);
  await until('the feed answers', async () => (await platform.call('GET', '/events/stream?after=now')).status === 200);
  id = await track('page_view');
  await until('the event is listed', async () => (await listed('type=page_view')).includes(id ?? ''));
  const { json } = await platform.call('GET', `/events/${id}`);
  expect(json).toMatchObject({ data: { id, status: 'processed', raw: { type: 'page_view' } } });
  const { text, type } = await listening;
  expect(type).toMatch(/^text\/event-stream/);
  expect(text).toMatch(/^event: ready\nid: \S+\ndata: \{\}\n\n/);
}, 60_000);

test('what is committed can be queried within two seconds', async () => {
  const waits: number[] = [];
  for (let times = 0; times < 9; times += 1) {
    const id = await track('sign_up');
    const started = performance.now();
    await until('the event is listed', async () => (await listed('type=sign_up&limit=5')).includes(id));
    waits.push(performance.now() - started);
  }
  console.log(`visible after ${waits.map(wait => Math.round(wait)).join(', ')} ms`);
  /** The median; the window in which events are folded is one second of it. */
  expect(waits.sort((one, other) => one - other)[4]).toBeLessThan(2000);
}, 120_000);

test('a browser opens the feed with a ticket', async () => {
  const { json, status } = await platform.call('POST', '/events/stream/ticket');
  expect(status).toBe(201);
  const { ticket } = (json as { data: { ticket: string } }).data;
  let id: string | undefined;
  const listening = heard(`${platform.url}/api/cdp/events/stream?type=log_in&ticket=${ticket}`, {}, () => id);
  await until('the feed answers', async () => (await platform.call('GET', '/events/stream?after=now')).status === 200);
  id = await track('log_in');
  expect((await listening).text).toContain('"type":"log_in"');
}, 60_000);

test('nobody hears anything without a key or a ticket', async () => {
  for (const query of ['', '?ticket=nonsense', '?after=now']) {
    const { status, json } = await platform.call('GET', `/events/stream${query}`, undefined, '');
    expect({ status, json }).toMatchObject({ status: 401, json: { error: { code: 'UNAUTHORIZED' } } });
  }
});
