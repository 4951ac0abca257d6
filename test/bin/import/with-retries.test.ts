import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { Stopped, withRetries } from '../../../bin/import/with-retries.ts';
import { ApiError } from '../../../core/contract/api-error.ts';

const networkFailure = new TypeError('fetch failed');

/** Fails with each of these in turn, then succeeds. */
const failing = (...failures: unknown[]) => {
  const calls = { count: 0 };
  const call = async (): Promise<string> => {
    calls.count += 1;
    if (calls.count <= failures.length) throw failures[calls.count - 1];
    return 'done';
  };
  return { calls, call };
};
const options = { retries: 3, stop: new AbortController().signal, firstWaitMs: 1 };

test.each([
  ['429', new ApiError(429, {})],
  ['503', new ApiError(503, {})],
  ['a page of a proxy', new ApiError(502, {})],
  ['no answer', networkFailure],
  ['half an answer', new TypeError('terminated')],
  ['no answer in time', new DOMException('late', 'TimeoutError')],
  ['a conflict with a request under way', new ApiError(409, { code: 'CONFLICT' })],
])('after %s the call is made again', async (_name, failure) => {
  const { call, calls } = failing(failure, failure);
  expect(await withRetries(call, options)).toBe('done');
  expect(calls.count).toBe(3);
});

test.each([
  ['a refusal', new ApiError(400, {})],
  ['a wrong key', new ApiError(401, {})],
  ['a conflict with a profile', new ApiError(409, { existingProfileId: 'profile-1' })],
  ['a fault of ours', new TypeError('x is undefined')],
])('after %s it is not', async (_name, failure) => {
  const { call, calls } = failing(failure);
  await expect(withRetries(call, options)).rejects.toBe(failure);
  expect(calls.count).toBe(1);
});

test('in the end the last failure is thrown', async () => {
  const { call, calls } = failing(...new Array(10).fill(networkFailure));
  await expect(withRetries(call, options)).rejects.toBe(networkFailure);
  expect(calls.count).toBe(4);
});

test('Retry-After is waited for, however short the own wait', async () => {
  const waits: number[] = [];
  const { call } = failing(new ApiError(429, {}, 0.05));
  const began = performance.now();
  await withRetries(call, { ...options, onWait: (_failure, waitMs) => waits.push(waitMs) });
  expect(waits).toEqual([50]);
  expect(performance.now() - began).toBeGreaterThanOrEqual(45);
});

test('the limit of a key is waited for as often as it takes', async () => {
  const { call, calls } = failing(...new Array(20).fill(new ApiError(429, {}, 0.001)));
  expect(await withRetries(call, options)).toBe('done');
  expect(calls.count).toBe(21);
});

test('a stop ends the waiting at once', async () => {
  const stop = new AbortController();
  const { call } = failing(new ApiError(503, {}, 3600));
  const running = withRetries(call, {
    ...options,
    stop: stop.signal,
    onWait: () => queueMicrotask(() => stop.abort()),
  });
  await expect(running).rejects.toBeInstanceOf(Stopped);
});
