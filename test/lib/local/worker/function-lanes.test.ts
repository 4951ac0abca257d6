import { expect, test } from 'vitest';
import { FunctionLanes } from '../../../../lib/local/worker/function-lanes.ts';
import type { InvocationResult } from '../../../../lib/local/worker/invocation.ts';

/** Lanes whose invocations end when they are told to; each invocation is named by its lane. */
const heldLanes = () => {
  const held: { lane: number; end: () => void }[] = [];
  const lanes = new FunctionLanes('function', lane => ({
    name: 'function',
    invoke: () =>
      new Promise<InvocationResult>(resolve => {
        held.push({ lane, end: () => resolve({ requestId: 'request', kind: 'answered', json: String(lane) }) });
      }),
  }));
  return { held, lanes };
};

test('invocations at the same time have a thread each, later ones use those again', async () => {
  const { held, lanes } = heldLanes();
  const running = [lanes.invoke(1), lanes.invoke(2)];
  expect(held.map(({ lane }) => lane)).toEqual([0, 1]);
  for (const { end } of held) end();
  await Promise.all(running);
  const later = lanes.invoke(3);
  expect(held.at(-1)?.lane).toBeLessThan(2);
  held.at(-1)?.end();
  await later;
});

test('a thread that fails is used again', async () => {
  let opened = 0;
  const lanes = new FunctionLanes('function', () => {
    opened += 1;
    return { name: 'function', invoke: () => Promise.reject(new Error('no')) };
  });
  await expect(lanes.invoke(1)).rejects.toThrow('no');
  await expect(lanes.invoke(2)).rejects.toThrow('no');
  expect(opened).toBe(1);
});
