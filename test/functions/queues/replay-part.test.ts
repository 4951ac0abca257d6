import { expect, test } from 'vitest';
import { startReplay } from '../../../core/flows/start-replay.ts';
import type { ReplayJob } from '../../../core/flows/stored-job.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { log } from '../../../functions/kit/log.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { Loop, type LoopOptions } from '../../fixtures/run-loop.ts';
import { derivedState, differing } from '../../verify/replay/derived-state.ts';
import { openReplayScene } from '../../verify/replay/replay-scene.ts';

log.setLogLevel('SILENT');

type Wanted = Parameters<typeof startReplay>[0];

const everything: Wanted = { from: 0, until: Number.MAX_SAFE_INTEGER, target: 'profiles', dryRun: false };

const open = async (options: LoopOptions = {}) => {
  const stream: AcceptedEvent[] = [];
  const events = { put: async (some: readonly AcceptedEvent[]) => void stream.push(...some) };
  const loop = new Loop({ ...options, overrides: () => ({ events }) });
  await loop.fold([
    customerEvent('a', { amount: 10, at: '2026-02-01T10:00:00.000Z' }),
    customerEvent('a', { type: 'page_view', at: '2026-02-02T10:00:00.000Z' }),
    customerEvent('b', { amount: 20, at: '2026-02-03T10:00:00.000Z' }),
  ]);
  await loop.run();
  const replay = async (wanted: Partial<Wanted> = {}): Promise<ReplayJob> => {
    const { id } = await startReplay({ ...everything, ...wanted }, loop.services);
    await loop.run();
    const job = await loop.services.jobs.get(id);
    if (job?.kind !== 'events.replay') throw new Error('it is no replay');
    return job;
  };
  return { loop, stream, replay };
};

test('what is replayed while it is there changes nothing; what was lost comes back as it was', async () => {
  const { loop, replay, lose } = await openReplayScene(7, 60);
  const before = await derivedState(loop);
  const profiles = JSON.stringify(loop.contents().filter(({ pk }) => pk.startsWith('P#')));
  expect(await replay()).toMatchObject({ found: 60, replayed: 60, erased: 0 });
  expect(JSON.stringify(loop.contents().filter(({ pk }) => pk.startsWith('P#')))).toBe(profiles);
  await lose();
  expect((await derivedState(loop)).size).toBe(1);
  await replay();
  expect(differing(before, await derivedState(loop))).toEqual([]);
}, 30_000);

test('events come with their own ids and times, and tell whose they are', async () => {
  const { loop, stream, replay } = await open();
  await replay();
  const owners = await loop.services.profiles.ownersOf(['customerId#a', 'customerId#b']);
  expect(stream.map(({ messageId, timestamp, replayed }) => [messageId, timestamp, replayed?.profileId])).toEqual([
    [expect.any(String), '2026-02-01T10:00:00.000Z', owners.get('customerId#a')],
    [expect.any(String), '2026-02-02T10:00:00.000Z', owners.get('customerId#a')],
    [expect.any(String), '2026-02-03T10:00:00.000Z', owners.get('customerId#b')],
  ]);
});

test('a range and types choose', async () => {
  const { stream, replay } = await open();
  const job = await replay({ from: Date.parse('2026-02-02'), until: Date.parse('2026-02-04'), types: ['purchase'] });
  expect(job).toMatchObject({ status: 'completed', tally: { found: 1, replayed: 1, byType: { purchase: 1 } } });
  expect(stream.map(({ timestamp }) => timestamp)).toEqual(['2026-02-03T10:00:00.000Z']);
});

test('a dry run tells the same, and puts nothing on the stream', async () => {
  const { stream, replay } = await open();
  const { tally } = await replay({ dryRun: true });
  expect(tally).toMatchObject({ found: 3, replayed: 3, byType: { purchase: 2, page_view: 1 } });
  expect(stream).toEqual([]);
});

test('a replay for segments decides the memberships of its people again', async () => {
  const { loop, stream, replay } = await open();
  const before = loop.messages.sent.length;
  const { tally } = await replay({ target: 'segments', types: ['purchase'] });
  expect(tally).toMatchObject({ found: 2, profiles: 2 });
  const owners = await loop.services.profiles.ownersOf(['customerId#a', 'customerId#b']);
  const asked = loop.messages.sent.slice(before).filter(({ queue }) => queue === 'reevaluateProfile');
  expect(asked.map(({ body }) => (body as { profileId: string }).profileId).sort()).toEqual(
    [...owners.values()].sort(),
  );
  expect(stream).toEqual([]);
});

test('a pace is kept: the next events wait', async () => {
  const { loop, stream, replay } = await open();
  const before = loop.clock.at;
  await replay({ eventsPerSecond: 0.1 });
  expect(stream).toHaveLength(3);
  expect(loop.clock.at - before).toBeGreaterThanOrEqual(20_000);
});

test('nobody who was erased comes back', async () => {
  const { loop, stream, replay } = await open();
  const owner = (await loop.services.profiles.ownersOf(['customerId#a'])).get('customerId#a') ?? '';
  await loop.services.seals.destroy(owner);
  expect((await replay()).tally).toMatchObject({ found: 3, replayed: 1, erased: 2 });
  expect(stream.map(({ replayed }) => replayed?.profileId)).not.toContain(owner);
});

test('every message twice puts the same on the stream, and tells the same', async () => {
  const { stream, replay } = await open({ twice: true });
  expect((await replay()).tally).toMatchObject({ found: 3, replayed: 3 });
  expect(new Set(stream.map(event => JSON.stringify(event))).size).toBe(3);
});
