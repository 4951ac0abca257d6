import { inPages } from './in-pages.ts';

interface Named {
  name: string;
}

/** Everything of a list that bears one of these names, by name. */
export const named = async <Thing extends Named>(
  list: (cursor: string | undefined) => Promise<{ items: Thing[]; nextCursor?: string | undefined }>,
  names: readonly string[],
): Promise<Map<string, Thing>> => {
  const found = new Map<string, Thing>();
  for await (const thing of inPages(list)) if (names.includes(thing.name)) found.set(thing.name, thing);
  return found;
};
