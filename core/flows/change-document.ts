import { notFound, Problem } from '../errors.ts';
import { type Collection, type Document, DocumentChanged } from '../ports/collection.ts';

const triesMax = 20;

/**
 * Changes a document as it is at that moment; a lost race is run again. `change` returns the very same document where
 * there is nothing to do, and throws what speaks against it.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` when it is changed all the time
 */
export const changeDocument = async <D extends Document>(
  what: string,
  id: string,
  collection: Pick<Collection<D>, 'get' | 'replace'>,
  change: (document: D) => D,
): Promise<D> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await collection.get(id);
    if (!before) throw notFound(what, id);
    const after = change(before);
    if (after === before) return before;
    const next = { ...after, version: before.version + 1 };
    if (await replaces(collection, next)) return next;
  }
  throw new Problem('CONFLICT', `${what} ${id} is changed all the time; try again`);
};

const replaces = async <D extends Document>(
  collection: Pick<Collection<D>, 'replace'>,
  document: D,
): Promise<boolean> => {
  try {
    await collection.replace(document);
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
