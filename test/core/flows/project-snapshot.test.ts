import { expect, test } from 'vitest';
import { blankProfile } from '../../../core/engines/profiles/commit-events.ts';
import { projectSnapshot } from '../../../core/flows/project-snapshot.ts';
import type { Head, PersonRecord } from '../../../core/model/profile-state.ts';
import type { SnapshotPart } from '../../../core/model/snapshot-part.ts';
import type { Commit } from '../../../core/ports/commit.ts';

const { head, person } = blankProfile('profile-1', 0);
const headOf = (version: number, parts: Partial<Head> = {}): Head => ({ ...head, version, ...parts });
const personOf = (version: number): PersonRecord => ({ ...person, version });

const headCommit = (sequence: string, before: Head | undefined, after: Head): Commit => ({
  kind: 'head',
  profileId: 'profile-1',
  sequence,
  before,
  after,
});
const personCommit = (sequence: string, before: PersonRecord | undefined, after?: PersonRecord): Commit => ({
  kind: 'person',
  profileId: 'profile-1',
  sequence,
  before,
  after,
});

/** What is handed on of a batch, and under which name. */
const handedOn = async (commits: readonly Commit[]) => {
  const added: { place: object; parts: readonly SnapshotPart[] }[] = [];
  const snapshotParts = {
    add: async (place: object, parts: readonly SnapshotPart[]) => {
      added.push({ place, parts });
    },
  };
  await projectSnapshot('shard-1', commits, { snapshotParts });
  return added;
};

test('a new profile tells its head and its person, under the place of the batch in the shard', async () => {
  const [added] = await handedOn([headCommit('11', undefined, headOf(1)), personCommit('12', undefined, personOf(1))]);
  expect(added?.place).toEqual({ shard: 'shard-1', first: '11', last: '12' });
  expect(added?.parts).toMatchObject([
    { id: 'profile-1', head_version: 1 },
    { id: 'profile-1', person_version: 1 },
  ]);
});

test('of several changes of a profile only the newest is told', async () => {
  const [added] = await handedOn([
    headCommit('11', headOf(1), headOf(2)),
    headCommit('12', headOf(2), headOf(3)),
    headCommit('13', headOf(1), headOf(2)),
  ]);
  expect(added?.parts).toMatchObject([{ head_version: 3 }]);
});

test('an erasure is told, the person that it removes is not', async () => {
  const [added] = await handedOn([
    headCommit('11', headOf(1), headOf(2, { life: 'erased' })),
    personCommit('12', personOf(1)),
  ]);
  expect(added?.parts).toEqual([{ id: 'profile-1', head_version: 2, life: 'erased', updated_at: 0 }]);
});

test('where nothing changed nothing is handed on', async () => {
  expect(await handedOn([])).toEqual([]);
  expect(
    await handedOn([headCommit('11', headOf(1), headOf(1)), personCommit('12', personOf(1), personOf(1))]),
  ).toEqual([]);
});
