import { afterAll, expect, test } from 'vitest';
import { log } from '../../../functions/kit/log.ts';
import { verify as order } from '../../verify/order.ts';
import { verify as poison } from '../../verify/poison.ts';

afterAll(() => log.setLogLevel('INFO'));

test('bad events, malformed requests and malformed records harm nobody and hold up nothing', async () => {
  const { line, holds } = await poison([]);
  expect([line, holds]).toEqual([expect.stringContaining('1000 of 1000 good events stored, 0 others stored'), true]);
}, 60_000);

test('of nobody a later event is committed before an earlier one, whatever fails', async () => {
  const { line, holds } = await order([]);
  expect([line, holds]).toEqual([expect.stringContaining('order: 0 out of order in 200 users'), true]);
}, 120_000);
