import { afterEach, expect, test, vi } from 'vitest';
import { queryLimits } from '../../../../../functions/adapters/lake/read/query-limits.ts';

afterEach(() => void vi.useRealTimers());

test('all statements of a question share its time', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const limits = queryLimits({ budgetSeconds: 20 });
  expect(limits().budgetSeconds).toBe(20);
  vi.advanceTimersByTime(15_000);
  expect(limits().budgetSeconds).toBe(5);
  vi.advanceTimersByTime(15_000);
  expect(limits().budgetSeconds).toBe(-10);
});

test('without a budget nothing stops it but its signal', () => {
  const { signal } = new AbortController();
  expect(queryLimits({ signal })()).toEqual({ signal });
});
