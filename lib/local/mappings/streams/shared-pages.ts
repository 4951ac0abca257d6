import type { Page, StreamSource } from './stream-source.ts';

interface Place {
  shardId: string;
  after: string | undefined;
  /** The real iterator, where one is known. */
  iterator?: string | undefined;
}

/** A reader that is further behind than this reads for itself. */
const pagesKeptMax = 32;

const nameOf = ({ shardId, after }: Place): string => `${shardId} ${after ?? ''}`;

/**
 * The same stream for several readers, each at its own pace: a page is asked for, unpacked and measured once, and given
 * to those who come to the same place within a moment. Iterators name places; the last page of a shard, with nothing
 * behind it yet, is never kept.
 */
export const sharedPages = (source: StreamSource): StreamSource => {
  const pages = new Map<string, Promise<Page>>();
  const places = new Map<string, Place>();
  let opened = 0;
  const place = (found: Place): string => {
    opened += 1;
    const name = `place-${opened}`;
    places.set(name, found);
    return name;
  };
  const ask = async ({ shardId, after, iterator }: Place): Promise<Page> =>
    source.read(shardId, iterator ?? (await source.open(shardId, after)));
  const read = async (at: Place): Promise<Page> => {
    const name = nameOf(at);
    const known = pages.get(name);
    if (known) return known;
    const asked = ask(at);
    pages.set(name, asked);
    for (const oldest of pages.keys()) if (pages.size > pagesKeptMax) pages.delete(oldest);
    const isKept = asked.then(
      ({ records }) => records.length > 0,
      () => false,
    );
    if (!(await isKept) && pages.get(name) === asked) pages.delete(name);
    return asked;
  };
  return {
    ...source,
    open: async (shardId, after) => place({ shardId, after }),
    read: async (shardId, name) => {
      const at = places.get(name);
      if (!at) throw new Error(`${name} is no iterator of this stream`);
      places.delete(name);
      const { records, next } = await read(at);
      const after = records.at(-1)?.sequence ?? at.after;
      return { records, next: next === undefined ? undefined : place({ shardId, after, iterator: next }) };
    },
  };
};
