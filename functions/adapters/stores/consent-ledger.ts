import { type ConsentStatement, consentStatements } from '../../../core/model/profile-state.ts';
import type { ConsentEntry, ProfileCommit } from '../../../core/ports/profile-store.ts';
import { everyItem, type Item, type Table, type Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { memberHeads } from './member-heads.ts';

/** So many items at most does one commit add: its transaction has room for no more. */
const itemsMax = 4;

/**
 * The entries that a change of a profile adds to its ledger: one for everybody who said something new. Of very many the
 * earlier ones stand with the first.
 */
export const consentItems = ({ before, after, said }: Pick<ProfileCommit, 'before' | 'after' | 'said'>): Item[] => {
  const statements = said ?? consentStatements(before.person, after.person);
  const first = Math.max(0, statements.length - itemsMax);
  return statements.slice(first).map((statement, part) => ({
    ...keys.consent(after.id, statement.at, after.head.version, part),
    ...(statement as unknown as Record<string, Value>),
    ...(part === 0 && first > 0 ? { earlier: statements.slice(0, first) as unknown as Value } : {}),
  }));
};

type LedgerItem = ConsentStatement & { pk: string; sk: string; earlier?: ConsentStatement[] };

/** What was said of a person and of everybody who was merged into it, oldest first. */
export const consentLedger = async (table: Table, id: string): Promise<ConsentEntry[]> => {
  const members = (await memberHeads(table, [id])).get(id)?.members ?? [];
  const ledgers = await Promise.all([id, ...members].map(one => ownConsentLedger(table, one)));
  return members.length === 0 ? ledgers.flat() : ledgers.flat().sort((left, right) => left.at - right.at);
};

export const ownConsentLedger = async (table: Table, id: string): Promise<ConsentEntry[]> => {
  const entries: ConsentEntry[] = [];
  for await (const item of everyItem(table, { pk: keys.profile(id), prefix: 'C#', consistent: true })) {
    const { pk: _pk, sk: _sk, earlier = [], ...last } = item as unknown as LedgerItem;
    entries.push(...earlier, last);
  }
  return entries.sort((one, other) => one.at - other.at);
};
