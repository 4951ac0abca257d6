import type { Head } from '../../../core/model/profile-state.ts';
import type { Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { unpackHead } from './profile-items.ts';

/** The heads of profiles that were merged into others, by id. */
export const memberHeads = async (table: Table, ids: readonly string[]): Promise<Map<string, Head>> => {
  if (ids.length === 0) return new Map();
  const items = await table.getMany([...new Set(ids)].map(keys.head), true);
  return new Map(items.map(item => [item.pk.slice(keys.profile('').length), unpackHead(item)]));
};
