import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { httpWebhookSender } from '../../../../functions/adapters/webhooks/http-webhook-sender.ts';
import { openTestServer, type TestAnswer } from '../../../fixtures/test-server.ts';
import { until } from '../../../fixtures/until.ts';

const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const message = (url: string) => ({
  url,
  id: 'fact-1',
  at: new Date(),
  secrets: [secretOf(1), secretOf(2)],
  body: JSON.stringify({ type: 'job.failed', data: { jobId: 'job-Ä' } }),
});

const sending = async (answer: TestAnswer | Parameters<typeof openTestServer>[0]) => {
  const { url, requests } = await openTestServer(answer);
  return { requests, answer: await httpWebhookSender([new URL(url).host]).send(message(`${url}/hook`)) };
};

test('the reference library verifies a message by each of two secrets, and by no other', async () => {
  const { requests, answer } = await sending({ status: 204, headers: {}, body: '' });
  expect(answer).toEqual({ status: 204 });
  const [{ body, headers } = { body: '', headers: {} }] = requests;
  for (const byte of [1, 2]) {
    expect(new Webhook(secretOf(byte)).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
  }
  expect(() => new Webhook(secretOf(3)).verify(body, headers as Record<string, string>)).toThrow();
});

test.each([
  ['120', 120],
  ['0', undefined],
  ['nonsense', undefined],
  [new Date(Date.now() + 60_000).toUTCString(), expect.closeTo(60, -1)],
])('Retry-After %s is understood as %s seconds', async (retryAfter, seconds) => {
  const { answer } = await sending({ status: 429, headers: { 'retry-after': retryAfter }, body: '' });
  expect(answer.status).toBe(429);
  expect(answer.retryAfterSeconds).toEqual(seconds);
});

test('a redirect is a status like any other', async () => {
  const target = await openTestServer({ status: 200, headers: {}, body: '' });
  const { answer } = await sending({ status: 302, headers: { location: target.url }, body: '' });
  expect(answer.status).toBe(302);
  expect(target.requests).toEqual([]);
});

test('nobody there, and an address that must not be reached, are told by their reason', async () => {
  expect(await httpWebhookSender(['127.0.0.1:1']).send(message('http://127.0.0.1:1/'))).toEqual({
    error: expect.stringContaining('ECONNREFUSED'),
  });
  expect(await httpWebhookSender([]).send(message('https://169.254.169.254/'))).toEqual({
    error: 'the address must not lead to a linkLocal address',
  });
});

test('a receiver that does not answer in time is given up', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await httpWebhookSender([host], { milliseconds: 200 }).send(message(`http://${host}/`));
  expect(answer).toEqual({ error: 'no answer within 0.2 s' });
});

test('a huge answer is cut, not read', async () => {
  let [written, closed] = [0, false];
  const server = createServer((_request, answer) => {
    answer.on('close', () => {
      closed = true;
    });
    answer.writeHead(200);
    const more = (): void => {
      while (!closed && answer.write(Buffer.alloc(64 * 1024))) written += 64 * 1024;
      if (!closed) answer.once('drain', more);
    };
    more();
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await httpWebhookSender([host]).send(message(`http://${host}/`))).toEqual({ status: 200 });
  await until('the end of the connection', () => closed);
  expect(written).toBeLessThan(64 * 1024 * 1024);
});
