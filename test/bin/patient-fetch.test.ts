import { expect, test } from 'vitest';
import { patientFetch } from '../../bin/patient-fetch.ts';
import { openClient } from '../../core/contract/client.ts';
import { jsonAnswer, openTestServer, type TestAnswer } from '../fixtures/test-server.ts';

const limited = (headers: Record<string, string>, status = 429): TestAnswer => {
  const answer = jsonAnswer(status, { success: false, error: { code: 'RATE_LIMITED', message: 'Too many' } });
  return { ...answer, headers: { ...answer.headers, ...headers } };
};
const health = jsonAnswer(200, { status: 'ok', time: '2026-02-15T12:00:00.000Z', version: '1' });

const opened = async (answers: readonly TestAnswer[]) => {
  const waits: number[] = [];
  const server = await openTestServer((_request, index) => answers[index] ?? health);
  const pause = async (milliseconds: number) => void waits.push(milliseconds);
  return { server, waits, client: openClient({ baseUrl: server.url, fetch: patientFetch(fetch, pause) }) };
};

test('whoever is over the limit waits as long as the answer says, however often', async () => {
  const answers = Array.from({ length: 12 }, (_, n) => limited({ 'retry-after': `${n + 1}` }));
  const { client, waits, server } = await opened(answers);
  expect(await client.health()).toMatchObject({ status: 'ok' });
  expect(waits).toEqual(answers.map((_, n) => (n + 1) * 1000));
  expect(server.requests).toHaveLength(13);
});

test.each([
  ['does not say how long', limited({})],
  ['says something else', limited({ 'retry-after': 'soon' })],
  ['is another failure', limited({ 'retry-after': '5' }, 503)],
])('an answer that %s is told', async (_what, answer) => {
  const { client, waits } = await opened([answer]);
  await expect(client.health()).rejects.toMatchObject({ status: answer.status });
  expect(waits).toEqual([]);
});

test('a call with a signal of its own is told at once', async () => {
  const { client, waits } = await opened([limited({ 'retry-after': '5' })]);
  const { signal } = new AbortController();
  await expect(client.health({}, { signal })).rejects.toMatchObject({ status: 429, retryAfterSeconds: 5 });
  expect(waits).toEqual([]);
});
