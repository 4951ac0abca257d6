import { Problem } from '../errors.ts';
import { type Collection, type Document, DocumentChanged } from '../ports/collection.ts';

const triesMax = 20;

/**
 * Adds a document or puts another in its place; `make` is given what is there, and gives the next version of it. A lost
 * race is run again.
 *
 * @throws Problem `CONFLICT` when it is changed all the time
 */
export const addOrChange = async <D extends Document>(
  id: string,
  collection: Pick<Collection<D>, 'get' | 'add' | 'replace'>,
  make: (before: D | undefined) => D,
): Promise<D> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await collection.get(id);
    const after = make(before);
    if (after === before) return after;
    try {
      await (before ? collection.replace(after) : collection.add(after));
      return after;
    } catch (fault) {
      if (!(fault instanceof DocumentChanged)) throw fault;
    }
  }
  throw new Problem('CONFLICT', `${id} is changed all the time; try again`);
};
