import { idTime } from '../model/id-time.ts';
import type { ObjectStore } from '../ports/object-store.ts';

/**
 * Removes the objects below some prefixes that nothing names and that were made by `until` (epoch ms): an object's age
 * stands in its id. Returns how many.
 */
export const removeOrphans = async (
  prefixes: readonly string[],
  named: ReadonlySet<string>,
  until: number,
  lake: ObjectStore,
): Promise<number> => {
  const orphans: string[] = [];
  for (const prefix of prefixes)
    for await (const { key } of lake.list(prefix)) {
      const madeAt = idTime(key);
      if (!named.has(key) && madeAt !== undefined && madeAt <= until) orphans.push(key);
    }
  await lake.delete(orphans);
  return orphans.length;
};
