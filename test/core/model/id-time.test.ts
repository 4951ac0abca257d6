import { expect, test } from 'vitest';
import { idTime } from '../../../core/model/id-time.ts';
import { newId } from '../../../functions/adapters/ids.ts';

test('the time of an id is read wherever it stands', () => {
  const before = Date.now();
  const at = idTime(`events/packed/dt=2026-02-15/${newId('run')}-0.parquet`);
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at).toBeLessThanOrEqual(Date.now());
});

test.each(['', 'hot/events/hot.ndjson.gz', 'merged/dt=2026-02-15/x-01jk.parquet'])('%j has none', text => {
  expect(idTime(text)).toBeUndefined();
});
