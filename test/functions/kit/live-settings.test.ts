import { expect, test } from 'vitest';
import type { SettingOverrides } from '../../../core/model/setting-overrides.ts';
import { settingOf } from '../../../core/model/setting-table.ts';
import type { ValueOf } from '../../../functions/kit/environment.ts';
import { liveSettings } from '../../../functions/kit/live-settings.ts';
import { log } from '../../../functions/kit/log.ts';

const deployed: ValueOf = name => settingOf(name).byDefault;
const overrides = (version: number, values: SettingOverrides['values']): SettingOverrides => ({
  id: 'overrides',
  version,
  values,
  changedAt: '2026-02-15T12:00:00.000Z',
  changedBy: 'key-1',
});

const opened = () => {
  const clock = { at: 1_000_000, reads: 0 };
  let kept: SettingOverrides | undefined | Error;
  const live = liveSettings({
    deployed,
    now: () => clock.at,
    read: async () => {
      clock.reads += 1;
      if (kept instanceof Error) throw kept;
      return kept;
    },
  });
  const keep = (next: typeof kept): void => {
    kept = next;
  };
  return { clock, live, keep };
};

test('what was changed goes before what was deployed, at the latest 30 seconds later', async () => {
  const { live, keep, clock } = opened();
  await live.refresh();
  expect(live.current().batchSizeMax).toBe(1000);
  keep(overrides(1, { MAX_BATCH_SIZE: 7, ENABLE_REAL_TIME_SYNC: false }));
  clock.at += 30_000;
  await live.refresh();
  expect(live.current()).toMatchObject({ batchSizeMax: 7, realTimeSync: false, cacheSeconds: 300 });
});

test('it is looked up once in 30 seconds, however many ask at once', async () => {
  const { live, clock } = opened();
  await Promise.all(Array.from({ length: 20 }, () => live.refresh()));
  clock.at += 29_999;
  await live.refresh();
  expect(clock.reads).toBe(1);
});

test('what cannot be read stays as it was, and nobody waits for it', async () => {
  const { live, keep, clock } = opened();
  keep(overrides(1, { MAX_BATCH_SIZE: 7 }));
  await live.refresh();
  keep(new Error('the table is away'));
  clock.at += 30_000;
  await live.refresh();
  expect(live.current().batchSizeMax).toBe(7);
});

test('a change that this deployment does not accept any more is as if it were not', async () => {
  const { live, keep } = opened();
  keep(overrides(1, { MAX_BATCH_SIZE: 1_000_000, CACHE_TTL_SECONDS: 5 }));
  await live.refresh();
  expect(live.current()).toMatchObject({ batchSizeMax: 1000, cacheSeconds: 5 });
});

test('the level of the log follows', async () => {
  const before = log.getLevelName();
  const { live, keep } = opened();
  keep(overrides(1, { LOG_LEVEL: 'ERROR' }));
  await live.refresh();
  expect(log.getLevelName()).toBe('ERROR');
  log.setLogLevel(before);
});

test('a setting that the stack must have set is named where it is missing', () => {
  const live = liveSettings({ deployed: () => undefined, read: async () => undefined, now: () => 0 });
  expect(() => live.current()).toThrow(/environment variable STAGE is not set/);
});
