import { expect, test } from 'vitest';
import { listEvents } from '../../../core/flows/list-events.ts';
import type { EventLake } from '../../../core/ports/event-lake.ts';
import { QueryTooSlow } from '../../../core/ports/query-engine.ts';

const query = { from: 0, until: Date.UTC(2026, 0), limit: 10, budgetSeconds: 20 };
const seals = { toOpen: async () => new Map() } as never;
const failing = (fault: Error): EventLake => ({
  page: async () => {
    throw fault;
  },
  one: async () => undefined,
});

test('a question that takes too long is refused with what can be done instead', async () => {
  const eventLake = failing(new QueryTooSlow('the query was stopped after 20 s'));
  await expect(listEvents(query, { eventLake, seals })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    details: [{ path: 'query.startDate', reason: expect.stringContaining('longer than 20 s') }],
  });
});

test('whatever else fails is no fault of the caller', async () => {
  const fault = new Error('the disk is gone');
  await expect(listEvents(query, { eventLake: failing(fault), seals })).rejects.toBe(fault);
});
