import { expect, test } from 'vitest';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import type { Group } from '../../../core/language/condition.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, Loop, type LoopOptions } from '../../fixtures/run-loop.ts';

const spenders: Group = { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 100 }] };
const noon = '2026-02-15T12:00:00.000Z';

/** A customer who entered the segment at noon, and what was said of them there. */
const openMember = async (options: LoopOptions = {}) => {
  const loop = new Loop(options);
  await loop.segment(spenders);
  await loop.run();
  await loop.fold([customerEvent('a', { amount: 150 })]);
  await loop.run();
  const profileId = (await loop.services.profiles.ownersOf(['customerId#a'])).get('customerId#a') ?? '';
  const membership = async () => (await loop.services.memberships.ofProfile(profileId))[0];
  const send = (version: number) => loop.services.queues.reevaluateProfile.send([{ profileId, version }]);
  return { loop, profileId, membership, send };
};

test('a message that comes again, even much later, leaves the time of entering as it was', async () => {
  const { loop, membership, send } = await openMember();
  const before = await membership();
  expect(before?.member).toBe(true);
  loop.clock.advance(86_400_000);
  await send(1);
  await send(1);
  await loop.run();
  expect(await membership()).toEqual(before);
});

test('a message about an older version decides by the newest', async () => {
  const { loop, membership, send } = await openMember();
  await loop.fold([customerEvent('a', { amount: 100 })]);
  await send(1);
  await loop.run();
  expect(await membership()).toMatchObject({ member: true, profileVersion: 1 });
});

test('of someone who was erased nothing is written', async () => {
  const { loop, profileId, send } = await openMember();
  await eraseProfile(profileId, loop.services);
  await loop.run();
  await send(1);
  await loop.run();
  expect(
    loop
      .contents()
      .filter(({ pk }) => pk === `P#${profileId}`)
      .map(({ sk }) => sk),
  ).toEqual(['H']);
});

test('of someone who never was nothing is written', async () => {
  const { loop } = await openMember();
  const before = loop.contents();
  await loop.services.queues.reevaluateProfile.send([{ profileId: 'profile-none', version: 3 }]);
  await loop.run();
  expect(differences(before, loop.contents())).toEqual([]);
});

test('a definition that is replaced meanwhile is followed, and does not overwrite what the newer one decided', async () => {
  const { loop, membership, send } = await openMember();
  const [segment] = await loop.services.segments.all();
  if (!segment) throw new Error('there is a segment');
  const stricter: Group = { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 1000 }] };
  await loop.services.segments.replace({ ...segment, version: 2, rulesVersion: 2, rules: stricter });
  await send(0);
  await loop.run();
  expect(await membership()).toMatchObject({ member: false, segmentVersion: 2 });
  const slow = {
    ...loop.services.segments,
    all: async () => [segment],
  };
  const { reevaluateProfiles } = await import('../../../core/flows/reevaluate-profiles.ts');
  const message = { profileId: (await membership())?.profileId ?? '', version: 0 };
  const again = await reevaluateProfiles([message], { ...loop.services, segments: slow });
  expect([...again]).toEqual([message]);
  expect(await membership()).toMatchObject({ member: false, segmentVersion: 2 });
});

test('a table that refuses for a while: the message comes again until it is decided', async () => {
  let refusals = 3;
  const { membership } = await openMember({
    hooks: {
      before: (operation, detail) => {
        const decides = operation === 'transact' && JSON.stringify(detail).includes('X#');
        if (decides && refusals-- > 0) throw new Error('throttled');
      },
    },
  });
  expect(refusals).toBeLessThan(0);
  expect(await membership()).toMatchObject({ member: true });
});

test('an answer that is lost after the write: decided once', async () => {
  let losses = 2;
  const { loop, membership } = await openMember({
    hooks: {
      after: (operation, detail) => {
        const decides = operation === 'transact' && JSON.stringify(detail).includes('X#');
        if (decides && losses-- > 0) throw new Error('the answer was lost');
      },
    },
  });
  expect(await membership()).toMatchObject({ member: true, enteredAt: expect.stringContaining('2026-02-15') });
  const flips = loop.changes.filter(({ after }) => String(after?.sk).startsWith('X#'));
  expect(flips).toHaveLength(1);
});

test('who leaves and comes back has the times of both', async () => {
  const loop = new Loop();
  await loop.segment({ operator: 'AND', conditions: [{ field: 'attributes.country', operator: '=', value: 'DE' }] });
  await loop.fold([customerEvent('a', { traits: { country: 'DE' } })]);
  await loop.run();
  const first = loop.clock.at;
  loop.clock.advance(3_600_000);
  await loop.fold([customerEvent('a', { traits: { country: 'FR' }, at: noon })]);
  await loop.run();
  const left = loop.clock.at;
  loop.clock.advance(3_600_000);
  await loop.fold([customerEvent('a', { traits: { country: 'DE' }, at: '2026-02-15T13:00:00.000Z' })]);
  await loop.run();
  const profileId = (await loop.services.profiles.ownersOf(['customerId#a'])).get('customerId#a') ?? '';
  const [membership] = await loop.services.memberships.ofProfile(profileId);
  expect(membership).toMatchObject({ member: true, exitedAt: new Date(left).toISOString() });
  expect(Date.parse(membership?.enteredAt ?? '')).toBeGreaterThan(first);
});
