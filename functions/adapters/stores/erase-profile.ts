import { emptyCounters, type Head, type ProfileState } from '../../../core/model/profile-state.ts';
import { ProfileChanged } from '../../../core/ports/profile-store.ts';
import { type Condition, type Key, type Table, TransactionRefused, type Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { memberHeads } from './member-heads.ts';
import { packHead, personItem } from './profile-items.ts';
import { recentPuts } from './table-recent-profiles.ts';

const writesMax = 100;

const headAt = (version: number, life: string): Condition[] => [
  { attribute: 'h.version', is: '=', value: version },
  { attribute: 'h.life', is: '=', value: life },
];

/** The tombstone keeps nothing of the person; it refuses every later fold. */
const tombstone = ({ version, createdAt, counters }: Head, at: number, anonymised = false): Head => ({
  version: version + 1,
  life: 'erased',
  createdAt,
  updatedAt: at,
  counters: { ...emptyCounters(createdAt), ...(anonymised ? { events: counters.events } : {}) },
  ring: [],
  pages: 0,
  ...(anonymised ? { anonymised } : {}),
});

const entombed = (id: string, head: Head, at: number, anonymised?: boolean): Write => ({
  kind: 'update',
  key: keys.head(id),
  set: { h: packHead(tombstone(head, at, anonymised)) },
  when: headAt(head.version, head.life),
});

/**
 * Tombstones in the place of a profile and of everybody who was merged into it, in one step. Of one with more identifiers
 * than that step can release the others are released before, as when somebody takes them away. @throws ProfileChanged
 */
export const eraseProfile = async (
  table: Table,
  profile: ProfileState,
  at: number,
  anonymised?: boolean,
): Promise<void> => {
  if (profile.head.hold !== undefined) throw new ProfileChanged(profile.id);
  const members = await memberHeads(table, profile.head.members ?? []);
  const room = writesMax - 3 - members.size;
  let state = profile;
  while (state.person.identifiers.length > room) state = await releaseSome(table, state);
  const { id, head, person } = state;
  await transact(table, id, [
    entombed(id, head, at, anonymised),
    { kind: 'delete', key: keys.person(id) },
    ...[...members].map(([member, one]) => entombed(member, one, at, anonymised)),
    ...person.identifiers.map(({ key }) => release(keys.claim(key))),
    ...recentPuts({ before: state, after: { id, head: tombstone(head, at, anonymised), person }, recent: true }),
  ]);
};

const release = (key: Key): Write => ({ kind: 'delete', key });

const releasedAtOnce = 90;

const releaseSome = async (table: Table, { id, head, person }: ProfileState): Promise<ProfileState> => {
  const [gone, identifiers] = [person.identifiers.slice(-releasedAtOnce), person.identifiers.slice(0, -releasedAtOnce)];
  const after = {
    id,
    head: { ...head, version: head.version + 1 },
    person: { ...person, version: person.version + 1, identifiers },
  };
  await transact(table, id, [
    { kind: 'update', key: keys.head(id), set: { h: packHead(after.head) }, when: headAt(head.version, 'live') },
    { kind: 'put', item: personItem(id, head.createdAt, after.person) },
    ...gone.map(({ key }) => release(keys.claim(key))),
  ]);
  return after;
};

const transact = async (table: Table, id: string, writes: Write[]): Promise<void> => {
  try {
    await table.transact(writes);
  } catch (refusal) {
    throw refusal instanceof TransactionRefused ? new ProfileChanged(id) : refusal;
  }
};
