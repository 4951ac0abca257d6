import { expect, test } from 'vitest';
import { activationSchedule } from './activation-schedule.ts';

test.each(['facebook', 'klaviyo'] as const)(
  'at %s, whatever is taken back while calls are on their way: nobody is there who must not be',
  async platform => {
    for (const seed of [1, 2]) {
      const { nonConsented, suppressed, erased, differences, races } = await activationSchedule(platform, seed);
      expect({ seed, nonConsented, suppressed, erased, differences }).toEqual({
        ...{ seed, nonConsented: 0, suppressed: 0, erased: 0, differences: 0 },
      });
      expect(races).toBeGreaterThan(0);
    }
  },
  60_000,
);
