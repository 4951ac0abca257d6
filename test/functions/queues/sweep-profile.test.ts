import { expect, test } from 'vitest';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { openAudienceLoop, spenders } from '../../fixtures/audience-loop.ts';
import type { LoopOptions } from '../../fixtures/run-loop.ts';

const opened = async (options: LoopOptions = {}) => {
  const setup = await openAudienceLoop(options);
  await setup.loop.fold(spenders(['a', 'b', 'c']));
  await setup.loop.run();
  const id = await setup.idOf('a');
  const left = () =>
    setup.loop
      .contents()
      .filter(({ pk }) => pk === `P#${id}`)
      .map(({ sk }) => sk);
  return { ...setup, id, left };
};

test('of an erased person the tombstone stays, and no segment counts them', async () => {
  const { loop, id, left, segmentId } = await opened();
  expect(await loop.services.memberships.count(segmentId)).toBe(3);
  await eraseProfile(id, loop.services);
  await loop.run();
  expect(left()).toEqual(['H']);
  expect(await loop.services.memberships.count(segmentId)).toBe(2);
});

/** A profile worker that was under way at the erasure puts a chunk right after the first sweep. */
const eraseBesideWorker = async (sweepsAgain: boolean): Promise<string[]> => {
  let orphan: (() => Promise<void>) | undefined;
  const setup = await opened({
    overrides: ({ profiles, queues }) => ({
      profiles: {
        ...profiles,
        sweep: async id => {
          const swept = await profiles.sweep(id);
          await orphan?.();
          orphan = undefined;
          return swept;
        },
      },
      queues: {
        ...queues,
        sweepProfile: {
          send: async (bodies, delaySeconds = 0) => {
            if (sweepsAgain || delaySeconds === 0) await queues.sweepProfile.send(bodies, delaySeconds);
          },
        },
      },
    }),
  });
  const { loop, id, left } = setup;
  orphan = () => loop.table.write({ kind: 'put', item: { pk: `P#${id}`, sk: 'E#000000000009#late' } });
  await eraseProfile(id, loop.services);
  await loop.run();
  return left();
};

test('what a worker puts that was under way at the erasure is swept, too', async () => {
  expect(await eraseBesideWorker(true)).toEqual(['H']);
});

test('control: a single sweep leaves it behind', async () => {
  expect(await eraseBesideWorker(false)).toEqual(['E#000000000009#late', 'H']);
});

test('a live profile is never swept, whatever a message says', async () => {
  const { loop, id, left } = await opened();
  const before = left();
  await loop.services.queues.sweepProfile.send([{ profileId: id }]);
  await loop.run();
  expect(left()).toEqual(before);
});

test('what a destination must still be told stays until it was told', async () => {
  const { loop, id, left, activate, received, pass } = await opened();
  await activate();
  await loop.run();
  loop.receiver.faults = ['unreachable', 'unreachable'];
  await eraseProfile(id, loop.services);
  let kept: string[] = [];
  loop.receiver.onArrival = () => {
    kept = left();
  };
  await loop.run();
  await pass(1);
  expect(kept.map(sk => sk.slice(0, 2))).toEqual(['H', 'W#', 'Y#']);
  expect(received()).toEqual(['c']);
  expect(left()).toEqual(['H']);
});
