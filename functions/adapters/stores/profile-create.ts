import { IdentifierTaken, type ProfileCommit } from '../../../core/ports/profile-store.ts';
import type { Item, Table, Write } from '../../../core/ports/table.ts';
import { keyOf } from '../table/key-of.ts';
import { consentItems } from './consent-ledger.ts';
import { orderWrites } from './orders.ts';
import { headItem, personItem } from './profile-items.ts';
import { absent, claimPuts, newClaims, transactClaims } from './profile-transaction.ts';
import { recentPuts } from './table-recent-profiles.ts';

const writesMax = 100;
/** A transaction takes 4 MB; chunks are at most 64 KB, pages are smaller. */
const chunksMax = 40;

type Put = Extract<Write, { kind: 'put' }>;

/** Writes a new profile with everything that it begins with. @throws IdentifierTaken @throws ProfileChanged */
export const createProfile = async (table: Table, commit: ProfileCommit, chunks: readonly Item[]): Promise<void> => {
  const { before, after } = commit;
  const core: Write[] = [
    { kind: 'put', item: headItem(after.id, after.head), when: absent },
    { kind: 'put', item: personItem(after.id, after.head.createdAt, after.person), when: absent },
    ...claimPuts(newClaims(before, after), after.id),
    ...consentItems(commit).map(item => ({ kind: 'put' as const, item })),
    ...recentPuts(commit),
  ];
  const rest: Put[] = [...chunks.map(item => ({ kind: 'put' as const, item })), ...orderWrites(commit)];
  if (core.length + rest.length <= writesMax && chunks.length <= chunksMax) {
    return transactClaims(table, [...core, ...rest], after.id);
  }
  return createInSteps(table, core, rest, after.id);
};

/**
 * What does not fit into the transaction is written before it, and taken back when it is certain that the profile does
 * not come to be.
 */
const createInSteps = async (table: Table, core: Write[], rest: Put[], profileId: string): Promise<void> => {
  await table.writeMany(rest);
  try {
    await transactClaims(table, core, profileId);
  } catch (refusal) {
    if (refusal instanceof IdentifierTaken) {
      await table.writeMany(rest.map(write => ({ kind: 'delete', key: keyOf(write) })));
    }
    throw refusal;
  }
};
