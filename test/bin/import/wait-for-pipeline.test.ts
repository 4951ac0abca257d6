import { expect, test } from 'vitest';
import { waitForPipeline } from '../../../bin/import/wait-for-pipeline.ts';
import { openClient } from '../../../core/contract/client.ts';
import { jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';

const stagesOf = (lagMs: number, depth: number) =>
  jsonAnswer(200, {
    success: true,
    data: {
      stages: [
        { name: 'foldEvents', kind: 'stream', lagMs },
        { name: 'segments', kind: 'queue', depth, dlq: 3 },
      ],
    },
  });

const open = async (...answers: ReturnType<typeof stagesOf>[]) => {
  const last = answers.at(-1) ?? stagesOf(0, 0);
  const server = await openTestServer((_request, index) => answers[index] ?? last);
  const busy: string[] = [];
  const options = {
    timeoutSeconds: 20,
    stop: new AbortController().signal,
    onWait: (text: string) => busy.push(text),
    pollMs: 1,
    quietMs: 40,
  };
  return { client: openClient({ baseUrl: server.url, key: 'key-1' }), busy, options, server };
};

test('it ends when streams and queues have been quiet for a while, and tells what was not', async () => {
  const { client, busy, options, server } = await open(
    stagesOf(1500, 0),
    stagesOf(0, 0),
    stagesOf(0, 1200),
    stagesOf(0, 0),
  );
  expect(await waitForPipeline(client, options)).toEqual({ state: 'done' });
  expect(busy).toEqual(['foldEvents 1.5 s behind', 'segments 1,200 waiting']);
  expect(server.requests.length).toBeGreaterThanOrEqual(4);
});

test('it gives up after its time, and says on what', async () => {
  const { client, options } = await open(stagesOf(0, 7));
  expect(await waitForPipeline(client, { ...options, timeoutSeconds: 0.05 })).toEqual({
    state: 'timeout',
    busy: 'segments 7 waiting',
  });
});

test('it ends when the user stops it', async () => {
  const { client, options } = await open(stagesOf(0, 7));
  const stop = new AbortController();
  const result = waitForPipeline(client, { ...options, stop: stop.signal, onWait: () => stop.abort() });
  expect(await result).toEqual({ state: 'stopped' });
});
