import { consentStatements, type ProfileState } from '../../../core/model/profile-state.ts';
import type { ConsentEntry } from '../../../core/ports/profile-store.ts';
import { everyItem, type Item, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { memberHeads } from './member-heads.ts';

/** The entries that a change of a profile adds to its ledger: one for everybody who said something new. */
export const consentItems = (before: ProfileState, after: ProfileState): Item[] =>
  consentStatements(before.person, after.person).map((statement, part) => ({
    ...keys.consent(after.id, statement.at, after.head.version, part),
    ...statement,
  }));

/** What was said of a person and of everybody who was merged into it, oldest first. */
export const consentLedger = async (table: Table, id: string): Promise<ConsentEntry[]> => {
  const members = (await memberHeads(table, [id])).get(id)?.members ?? [];
  const ledgers = await Promise.all([id, ...members].map(one => ownLedger(table, one)));
  return members.length === 0 ? ledgers.flat() : ledgers.flat().sort((left, right) => left.at - right.at);
};

const ownLedger = async (table: Table, id: string): Promise<ConsentEntry[]> => {
  const entries: ConsentEntry[] = [];
  for await (const item of everyItem(table, { pk: keys.profile(id), prefix: 'C#', consistent: true })) {
    entries.push({
      at: Number(item.at),
      source: String(item.source),
      changes: item.changes as ConsentEntry['changes'],
    });
  }
  return entries;
};
