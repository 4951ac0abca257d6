import { leadsAstray } from '../../../core/model/leads-astray.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { ProfileStore, RecalledProfiles } from '../../../core/ports/profile-store.ts';
import type { Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import type { KnownProfiles } from './known-profiles.ts';
import { unpackHead } from './profile-items.ts';

/**
 * Reads profiles by their keys and ids: nothing of those that were committed here a moment ago, and of others that are
 * known and unchanged nothing but the head.
 */
export const recallProfiles = async (
  table: Table,
  known: KnownProfiles,
  { ownersOf, getMany }: Pick<ProfileStore, 'ownersOf' | 'getMany'>,
  matchKeys: readonly string[],
  ids: readonly string[],
): Promise<RecalledProfiles> => {
  const suspected = new Set([...matchKeys.flatMap(key => known.ownerOf(key) ?? []), ...ids]);
  const states = await knownStates(table, known, [...suspected]);
  for (const id of suspected) if (!states.has(id)) known.forget(id);
  const owners = new Map<string, string>();
  for (const key of matchKeys) {
    const owner = known.ownerOf(key);
    if (owner !== undefined) owners.set(key, owner);
  }
  const strange = matchKeys.filter(key => !owners.has(key));
  for (const [key, id] of strange.length === 0 ? [] : await ownersOf(strange)) {
    owners.set(key, id);
    if (!hasKey(states.get(id), key)) states.delete(id);
  }
  const missing = [...new Set([...owners.values(), ...ids])].filter(id => !states.has(id));
  for (const [id, state] of missing.length === 0 ? [] : await getMany(missing)) states.set(id, state);
  await askAgain({ owners, states }, { ownersOf, getMany });
  return { owners, states };
};

const triesMax = 3;

/**
 * Owners and profiles are read one after the other: what changed hands in between is asked for again. Whoever still does
 * not have what leads there is left as read: it goes on changing, and nothing may be decided by it.
 */
const askAgain = async (
  { owners, states }: RecalledProfiles,
  { ownersOf, getMany }: Pick<ProfileStore, 'ownersOf' | 'getMany'>,
): Promise<void> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const astray = [...owners].filter(([key, id]) => leadsAstray(key, states.get(id))).map(([key]) => key);
    if (astray.length === 0) return;
    for (const key of astray) owners.delete(key);
    const found = await ownersOf(astray);
    for (const [key, id] of found) owners.set(key, id);
    for (const [id, state] of found.size === 0 ? [] : await getMany([...new Set(found.values())]))
      states.set(id, state);
  }
};

/** Whoever is told to have a key that we do not know of has been given it, or was merged, since we looked. */
const hasKey = (state: ProfileState | undefined, key: string): boolean =>
  state?.person.identifiers.some(identifier => identifier.key === key) ?? false;

const knownStates = async (
  table: Table,
  known: KnownProfiles,
  ids: readonly string[],
): Promise<Map<string, ProfileState>> => {
  const statesOf = (some: readonly string[]): ProfileState[] => some.flatMap(id => known.get(id) ?? []);
  const states = await unchanged(table, statesOf(ids.filter(id => !known.isTrusted(id))));
  for (const state of statesOf(ids.filter(id => known.isTrusted(id)))) states.set(state.id, state);
  return states;
};

const unchanged = async (table: Table, known: readonly ProfileState[]): Promise<Map<string, ProfileState>> => {
  if (known.length === 0) return new Map();
  const items = await table.getMany(
    known.map(({ id }) => keys.head(id)),
    true,
  );
  const heads = new Map(items.map(item => [item.pk, unpackHead(item)]));
  return new Map(
    known.flatMap((state): [string, ProfileState][] => {
      const head = heads.get(keys.profile(state.id));
      return head?.version === state.head.version ? [[state.id, { ...state, head }]] : [];
    }),
  );
};
