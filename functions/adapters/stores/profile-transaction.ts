import type { ProfileState } from '../../../core/model/profile-state.ts';
import { IdentifierTaken, ProfileChanged } from '../../../core/ports/profile-store.ts';
import { type Condition, type Table, TransactionRefused, type Write } from '../../../core/ports/table.ts';
import { keyOf } from '../table/key-of.ts';
import { keys } from './access-patterns.ts';

export const absent: Condition[] = [{ attribute: 'pk', is: 'absent' }];

/** The match keys that a change gives the profile. */
export const newClaims = (before: ProfileState, after: ProfileState): string[] => {
  const known = new Set(before.person.identifiers.map(identifier => identifier.key));
  return after.person.identifiers.map(identifier => identifier.key).filter(key => !known.has(key));
};

export const claimPuts = (matchKeys: readonly string[], profileId: string): Write[] =>
  matchKeys.map(key => ({ kind: 'put', item: { ...keys.claim(key), profileId }, when: absent }));

/**
 * Runs a transaction that changes a profile and may claim identifiers for it.
 *
 * @throws IdentifierTaken where another profile has one of them @throws ProfileChanged for every other refusal
 */
export const transactClaims = async (table: Table, writes: Write[], profileId: string): Promise<void> => {
  try {
    await table.transact(writes);
  } catch (refusal) {
    throw refusal instanceof TransactionRefused ? await reasonOf(table, refusal, writes, profileId) : refusal;
  }
};

const reasonOf = async (
  table: Table,
  { refused }: TransactionRefused,
  writes: readonly Write[],
  profileId: string,
): Promise<Error> => {
  for (const { pk, sk } of writes.filter((_, index) => refused[index]).map(keyOf)) {
    const owner = sk === 'I' ? await table.get({ pk, sk }, true) : undefined;
    if (owner && owner.profileId !== profileId) {
      return new IdentifierTaken(pk.slice(keys.claim('').pk.length), String(owner.profileId));
    }
  }
  return new ProfileChanged(profileId);
};

/** The match keys that a change takes from the profile are free; that it had them its version tells. */
export const releasedClaims = (before: ProfileState, after: ProfileState): Write[] =>
  newClaims(after, before).map(key => ({ kind: 'delete', key: keys.claim(key) }));
