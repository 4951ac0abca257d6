import { expect, test } from 'vitest';
import { foldWindow } from '../../../core/flows/fold-window.ts';
import { type MergeTools, mergeProfiles } from '../../../core/flows/merge-profiles.ts';
import type { FoldTools } from '../../../core/flows/set-aside.ts';
import { tableMergeStore } from '../../../functions/adapters/stores/table-merge-store.ts';
import { tableProfileStore } from '../../../functions/adapters/stores/table-profile-store.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { identityTools } from '../../fixtures/fold-tools.ts';

const manual = { kind: 'manual', score: 100, by: 'key-1' } as const;

const open = () => {
  const now = () => new Date('2026-02-15T12:00:00.000Z');
  const table = memoryTable({ now: () => now().getTime() });
  let ids = 0;
  const profiles = tableProfileStore(table, undefined, () => now().getTime());
  const tools: MergeTools & FoldTools = {
    profiles,
    merges: tableMergeStore(table),
    accountCurrency: 'USD',
    consentMergePolicy: 'permissive_safe',
    newId: prefix => `${prefix}-${ids++}`,
    now,
    ...identityTools(),
    quarantine: { add: async () => {} },
  };
  const ownerOf = async (customer: string) => {
    const key = `customerId#${customer}`;
    return (await profiles.ownersOf([key])).get(key) ?? '';
  };
  return { tools, profiles, ownerOf, fold: (events: Parameters<typeof foldWindow>[0]) => foldWindow(events, tools) };
};

test('two profiles become one that adds up what both did, and every old name leads to it', async () => {
  const { tools, profiles, ownerOf, fold } = open();
  await fold([
    customerEvent('a', { amount: 10, at: '2026-02-01T00:00:00Z' }),
    customerEvent('b', { amount: 5, at: '2026-02-02T00:00:00Z' }),
  ]);
  const [a, b] = [await ownerOf('a'), await ownerOf('b')];
  const outcome = await mergeProfiles(
    { profileIds: [b], primaryProfileId: a, strategy: 'most_recent', reason: manual },
    tools,
  );
  expect(outcome).toMatchObject({ profileId: a, merged: [b] });
  expect(await ownerOf('b')).toBe(a);
  await fold([customerEvent('b', { amount: 1, at: '2026-02-03T00:00:00Z' })]);
  const state = await profiles.get(a);
  expect(state?.head.counters).toMatchObject({ events: 3, ltv: '16', purchases: 3 });
  expect(state && (await profiles.events(state))).toHaveLength(3);
  expect((await profiles.get(b))?.head).toMatchObject({ life: 'merged', mergedInto: a });
});

test('a second merge of the same profiles is answered with the first', async () => {
  const { tools, ownerOf, fold } = open();
  await fold([
    customerEvent('a', { amount: 10, at: '2026-02-01T00:00:00Z' }),
    customerEvent('b', { amount: 5, at: '2026-02-02T00:00:00Z' }),
  ]);
  const request = {
    profileIds: [await ownerOf('a'), await ownerOf('b')],
    strategy: 'most_recent',
    reason: manual,
  } as const;
  const first = await mergeProfiles({ ...request, profileIds: [...request.profileIds] }, tools);
  const second = await mergeProfiles({ ...request, profileIds: [...request.profileIds] }, tools);
  expect(second).toMatchObject({ profileId: first.profileId, mergeIds: first.mergeIds, merged: [] });
});
