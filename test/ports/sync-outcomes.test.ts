import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tableSyncOutcomes } from '../../functions/adapters/stores/table-sync-outcomes.ts';
import { tableKinds } from './table-kinds.ts';

const nobody = {
  pending: 0,
  added: 0,
  removed: 0,
  unchanged: 0,
  failed: 0,
  consent: 0,
  suppressed: 0,
  noIdentifier: 0,
  lowConfidence: 0,
  holdout: 0,
};

describe.each(tableKinds)('outcomes of syncs $name', ({ open }) => {
  const opened = async () => ({
    outcomes: tableSyncOutcomes(await open()),
    syncId: `job-${randomUUID()}`,
    people: Array.from({ length: 40 }, () => `profile-${randomUUID()}`),
  });

  test('everybody counts once, whatever is noted again', async () => {
    const { outcomes, syncId, people } = await opened();
    await outcomes.expect(syncId, people);
    expect(await outcomes.tally(syncId)).toEqual({ ...nobody, pending: 40 });
    for (const id of people.slice(0, 10)) await outcomes.settle(syncId, id, 'added');
    await outcomes.expect(syncId, people);
    for (const id of people.slice(0, 10)) await outcomes.settle(syncId, id, 'unchanged');
    expect(await outcomes.tally(syncId)).toEqual({ ...nobody, pending: 30, added: 10 });
    expect(await outcomes.anyPending(syncId)).toBe(true);
    for (const id of people.slice(10)) await outcomes.settle(syncId, id, 'consent');
    expect(await outcomes.tally(syncId)).toEqual({ ...nobody, added: 10, consent: 30 });
    expect(await outcomes.anyPending(syncId)).toBe(false);
  });

  test('nothing is noted of somebody who was not expected, or was dropped', async () => {
    const { outcomes, syncId, people } = await opened();
    const [one = '', other = ''] = people;
    await outcomes.expect(syncId, [one]);
    await outcomes.drop(syncId, one);
    await outcomes.settle(syncId, one, 'added');
    await outcomes.settle(syncId, other, 'added');
    expect(await outcomes.tally(syncId)).toEqual(nobody);
  });

  test('what different syncs come to is kept apart', async () => {
    const { outcomes, syncId, people } = await opened();
    await outcomes.expect(syncId, people);
    expect(await outcomes.tally(`job-${randomUUID()}`)).toEqual(nobody);
  });
});
