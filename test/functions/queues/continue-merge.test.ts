import { expect, test } from 'vitest';
import { createProfile } from '../../../core/flows/create-profile.ts';
import { mergeProfiles } from '../../../core/flows/merge-profiles.ts';
import { tableMergeStore } from '../../../functions/adapters/stores/table-merge-store.ts';
import { Loop } from '../../fixtures/run-loop.ts';

const devicesOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, number) => `device-${name}-${number}`);

/** A profile, and one with more identifiers than one commit can hand over: it was merged itself. */
const openScene = async () => {
  const loop = new Loop();
  const options = { onConflict: 'reject' as const, requestId: 'request', source: 'api' };
  for (const name of ['a', 'b', 'c']) {
    const externalIds = { deviceIds: devicesOf(name, 45), cookies: devicesOf(`cookie-${name}`, 45) };
    await createProfile({ externalIds }, options, { ...loop.services, newId: () => `profile-${name}` });
  }
  const tools = { ...loop.services, ...loop.services.settings };
  const merge = (primary: string, secondary: string, merges = loop.services.merges) => {
    const reason = { kind: 'manual' as const, score: 100, by: 'key-1' };
    const request = { profileIds: [secondary], primaryProfileId: primary, strategy: 'most_recent' as const, reason };
    return mergeProfiles(request, { ...tools, merges });
  };
  await merge('profile-b', 'profile-c');
  return { loop, merge };
};

test('more identifiers than one commit takes are handed over in steps', async () => {
  const { loop, merge } = await openScene();
  await merge('profile-a', 'profile-b');
  const state = await loop.services.profiles.get('profile-a');
  expect(state?.person.identifiers).toHaveLength(270);
  const owners = await loop.services.profiles.ownersOf(state?.person.identifiers.map(({ key }) => key) ?? []);
  expect(new Set(owners.values())).toEqual(new Set(['profile-a']));
  expect(state?.head.hold).toBeUndefined();
});

test('what a crash has left half done is finished by what follows the stream', async () => {
  const { loop, merge } = await openScene();
  const crashing = {
    ...tableMergeStore(loop.table),
    handOver: () => Promise.reject(new Error('crashed')),
  };
  await expect(merge('profile-a', 'profile-b', crashing)).rejects.toThrow('crashed');
  expect((await loop.services.profiles.get('profile-a'))?.head.hold).toMatch(/^merge-/);
  await loop.run();
  const [one, ...others] = await Promise.all(
    ['a', 'b', 'c'].map(name => loop.services.profiles.get(`profile-${name}`)),
  );
  expect([one?.head.hold, one?.person.identifiers.length]).toEqual([undefined, 270]);
  for (const part of others) expect(part?.head).toMatchObject({ life: 'merged', mergedInto: 'profile-a' });
});
