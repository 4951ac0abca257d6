import { createHmac } from 'node:crypto';
import type { ErasedKeys } from '../../../core/ports/erased-keys.ts';
import type { Keyring } from '../../../core/ports/outlets.ts';
import type { Table } from '../../../core/ports/table.ts';
import { keys as itemKeys } from './access-patterns.ts';

/** One item for each key, by its keyed hash, with nothing in it. */
export const tableErasedKeys = (table: Table, keyring: Keyring): ErasedKeys => {
  const names = async (keys: readonly string[]): Promise<string[]> => {
    const secret = await keyring.derive('erased-keys');
    return keys.map(key => createHmac('sha256', secret).update(key).digest('hex'));
  };
  return {
    names,
    add: all => table.writeMany([...new Set(all)].map(name => ({ kind: 'put', item: itemKeys.erasedKey(name) }))),
    remove: all => table.writeMany([...new Set(all)].map(name => ({ kind: 'delete', key: itemKeys.erasedKey(name) }))),
    among: async keys => {
      if (keys.length === 0) return new Set();
      const asked = [...new Set(keys)];
      const named = (await names(asked)).map(itemKeys.erasedKey);
      const found = new Set((await table.getMany(named, true)).map(({ pk }) => pk));
      return new Set(asked.filter((_, index) => found.has(named[index]?.pk ?? '')));
    },
  };
};
