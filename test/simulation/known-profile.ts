import { blankProfile } from '../../core/engines/profiles/commit-events.ts';
import type { Table } from '../../core/ports/table.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { known } from './fold-schedule.ts';

/** Creates one of the profiles that are there before the events come, and erases the one that is to be erased. */
export const knownProfile = async (table: Table, id: string, at: number): Promise<void> => {
  const profiles = tableProfileStore(table, () => 'known');
  const before = blankProfile(id, at);
  const head = { ...before.head, version: 1 };
  await profiles.commit({ before, after: { id, head, person: { ...before.person, version: 1 } } });
  if (id === known.erased) await profiles.erase({ id, head, person: { ...before.person, version: 1 } }, at);
};
