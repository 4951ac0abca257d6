import { expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';

const stages = [
  { name: 'foldEvents', kind: 'stream' as const, lagMs: 1200 },
  { name: 'reevaluateProfile', kind: 'queue' as const, depth: 3, dlq: 1 },
];

test('tells what every stage has waiting, and how far events are reflected', async () => {
  const platform = await openPlatform({ overrides: { pipeline: { stages: async () => stages } } });
  expect((await platform.call('getPipeline')).data).toEqual({ stages });
  const watermark = Date.parse('2026-02-15T11:59:59.000Z');
  await platform.services.counters.advance('shard', '', '1', { profiles: 1, events: 1, byDay: {}, watermark });
  expect((await platform.call('getPipeline')).data).toEqual({ stages, watermark: '2026-02-15T11:59:59.000Z' });
});
