import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { guardedPost } from '../../../../functions/adapters/destinations/guarded-post.ts';
import { jsonAnswer, openTestServer } from '../../../fixtures/test-server.ts';

const hostOf = (url: string): string => new URL(url).host;

test.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://localhost/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::]/',
  'https://0.0.0.0/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://192.168.0.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[fd00:ec2::254]/',
  'https://[fe80::1]/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'http://example.com/',
  'https://example.com:8443/',
  'https://name:word@example.com/',
  'ftp://example.com/',
])('%s is never reached', async address => {
  await expect(guardedPost(address, {}, '{}', [])).rejects.toThrow(/^the address must|is not allowed/);
});

test('a loopback address is reached where exactly it was opened, and nowhere else', async () => {
  const { url, requests } = await openTestServer(jsonAnswer(204, ''));
  expect(await guardedPost(`${url}/hook`, { a: 'b' }, 'body', [hostOf(url)])).toEqual({ status: 204 });
  expect(requests).toMatchObject([{ method: 'POST', url: '/hook', body: 'body', headers: { a: 'b' } }]);
  await expect(guardedPost(`${url}/hook`, {}, '', ['127.0.0.1:1'])).rejects.toThrow('must be an https address');
  expect(requests).toHaveLength(1);
});

test('a redirect is answered as it is, and not followed', async () => {
  const target = await openTestServer(jsonAnswer(200, {}));
  const { url } = await openTestServer({ status: 302, headers: { location: target.url }, body: '' });
  expect(await guardedPost(url, {}, '{}', [hostOf(url), hostOf(target.url)])).toEqual({ status: 302 });
  expect(target.requests).toEqual([]);
});

test('a connection that is dropped is a failure', async () => {
  const { url } = await openTestServer(() => 'drop');
  await expect(guardedPost(url, {}, '{}', [hostOf(url)])).rejects.toThrow();
});

test('an answer that trickles in does not hold anybody up', async () => {
  const server = createServer();
  server.on('connection', socket => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 OK\r\n');
    const trickle = setInterval(() => socket.write('x-slow: 1\r\n'), 20);
    socket.on('close', () => clearInterval(trickle));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(guardedPost(`http://${host}/`, {}, '{}', [host], { milliseconds: 300 })).rejects.toThrow(
    'no answer within 0.3 s',
  );
});
