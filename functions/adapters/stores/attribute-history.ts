import { attributeChanges } from '../../../core/engines/profiles/attribute-changes.ts';
import type { NotedChanges } from '../../../core/model/attribute-change.ts';
import type { ProfileCommit } from '../../../core/ports/profile-store.ts';
import { everyItem, type Table, type Value, type Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** What a commit changed, noted in the transaction that makes it. */
export const historyPuts = ({ before, after, actor }: ProfileCommit): (Write & { kind: 'put' })[] => {
  const changes = attributeChanges(before, after);
  if (changes.length === 0) return [];
  const { version, updatedAt: at } = after.head;
  const noted: NotedChanges = { version, at, changes, ...(actor === undefined ? {} : { actor }) };
  return [{ kind: 'put', item: { ...keys.changes(after.id, version), n: noted as unknown as Value } }];
};

/** Newest first. */
export const attributeHistory = async (table: Table, id: string): Promise<NotedChanges[]> => {
  const noted: NotedChanges[] = [];
  const query = { pk: keys.profile(id), prefix: keys.changesPrefix, consistent: true, descending: true };
  for await (const item of everyItem(table, query)) noted.push(item.n as unknown as NotedChanges);
  return noted;
};
