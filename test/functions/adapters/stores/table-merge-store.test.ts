import { expect, test } from 'vitest';
import { createProfile } from '../../../../core/flows/create-profile.ts';
import { eraseProfile } from '../../../../core/flows/erase-profile.ts';
import { mergeProfiles } from '../../../../core/flows/merge-profiles.ts';
import { unmergeProfiles } from '../../../../core/flows/unmerge-profiles.ts';
import { embeddedEngine } from '../../../simulation/embedded-engine.ts';
import { inMemory } from '../../../simulation/run-fold-schedule.ts';
import { toolsOver } from '../../../simulation/simulation-tools.ts';

const tables = [
  ['the table in memory', async () => inMemory()],
  ['the embedded engine', () => embeddedEngine(`merges-${process.pid}`)],
] as const;

test.each(tables)('in %s chains are pressed flat, undone, and erased as one', async (_, open) => {
  const tools = toolsOver((await open()).table, 100, 'merge');
  const options = { onConflict: 'reject' as const, requestId: 'request', source: 'api' };
  for (const name of ['a', 'b', 'c'])
    await createProfile({ customerId: name }, options, { ...tools, newId: () => `profile-${name}` });
  const reason = { kind: 'manual' as const, score: 100, by: 'key-1' };
  const merge = (primary: string, secondary: string) =>
    mergeProfiles({ profileIds: [secondary], primaryProfileId: primary, strategy: 'most_recent', reason }, tools);
  const headOf = async (name: string) => (await tools.profiles.get(`profile-${name}`))?.head;
  await merge('profile-b', 'profile-c');
  const { mergeIds } = await merge('profile-a', 'profile-b');
  expect(await headOf('c')).toMatchObject({ life: 'merged', mergedInto: 'profile-a' });
  await unmergeProfiles({ mergeId: mergeIds[0] ?? '', reason: 'two people', by: 'key-1' }, tools);
  expect(await headOf('c')).toMatchObject({ life: 'merged', mergedInto: 'profile-b' });
  expect(await headOf('b')).toMatchObject({ life: 'live', members: ['profile-c'] });
  await eraseProfile('profile-c', tools);
  expect([(await headOf('a'))?.life, (await headOf('b'))?.life, (await headOf('c'))?.life]).toEqual([
    'live',
    'erased',
    'erased',
  ]);
});
