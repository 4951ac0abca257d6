import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { receiveHere } from '../../../bin/demo/receive-here.ts';
import { freePort } from '../../fixtures/free-port.ts';

const nobody = () => undefined;

test('a platform on this machine is sent to the port after its own', async () => {
  const port = await freePort();
  const receiving = await receiveHere(`http://localhost:${port - 1}`, undefined, nobody);
  if (!('receiver' in receiving)) throw new Error('no receiver was opened');
  onTestFinished(() => receiving.receiver?.close());
  expect(receiving.url).toBe(`http://127.0.0.1:${port}/demo`);
});

test('an address that is given is used, and nothing is opened', async () => {
  const receiving = await receiveHere('http://localhost:3001', 'https://example.com/hook', nobody);
  expect(receiving).toEqual({ url: 'https://example.com/hook' });
});

test('a platform elsewhere, a port that is taken and one that is none leave the audience without a receiver', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const taken = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const refusals = await Promise.all(
    ['https://cdp.example.com', `http://127.0.0.1:${taken - 1}`, 'http://127.0.0.1:65535'].map(url =>
      receiveHere(url, undefined, nobody),
    ),
  );
  expect(refusals).toEqual([
    { refused: 'cdp.example.com does not reach a receiver on this machine' },
    { refused: `port ${taken}, where the receiver would listen, is in use` },
    { refused: 'port 65536, where the receiver would listen, is none' },
  ]);
});
