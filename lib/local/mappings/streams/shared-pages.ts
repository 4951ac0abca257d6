import type { Page, StreamSource } from './stream-source.ts';

interface Place {
  shardId: string;
  after: string | undefined;
  /** The real iterator, where one is known. */
  iterator?: string | undefined;
}

interface SharedPage {
  page: Promise<Page>;
  /** Readers that have not taken it yet. */
  readersLeft: number;
}

/** A reader that is further behind reads for itself. */
const pagesKeptMax = 8;

const nameOf = ({ shardId, after }: Place): string => `${shardId} ${after ?? ''}`;

/**
 * The same stream for several readers, each at its own pace: a page is asked for, unpacked and measured once, given to
 * whoever comes to the same place, and kept until all have taken it. Iterators name places. A page without records is
 * shared by those who ask at the same time only: something may arrive behind it.
 */
export const sharedPages = (source: StreamSource, readers: number): StreamSource => {
  const pages = new Map<string, SharedPage>();
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
  const askFor = (at: Place): SharedPage => {
    const name = nameOf(at);
    const shared = { page: ask(at), readersLeft: readers };
    const forget = (): void => {
      if (pages.get(name) === shared) pages.delete(name);
    };
    pages.set(name, shared);
    for (const oldest of pages.keys()) if (pages.size > pagesKeptMax) pages.delete(oldest);
    shared.page.then(({ records }) => {
      if (records.length === 0) forget();
    }, forget);
    return shared;
  };
  const read = (at: Place): Promise<Page> => {
    const shared = pages.get(nameOf(at)) ?? askFor(at);
    shared.readersLeft -= 1;
    if (shared.readersLeft === 0) pages.delete(nameOf(at));
    return shared.page;
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
