import {
  type NameTable,
  nameKey,
  nameTable,
  type OwnNames,
  type ShownName,
  shownNames,
} from '../engines/sdk/standard-names.ts';
import { Problem } from '../errors.ts';
import { type Collection, type Document, DocumentChanged } from '../ports/collection.ts';
import { type Cached, cached } from './cached.ts';

/** What the names of SDK events mean, in a team's own words. There is one document. */
export interface StoredEventNames extends Document {
  names: OwnNames;
}

const id = 'event-names';
const rememberSeconds = 30;

type Names = Pick<Collection<StoredEventNames>, 'get' | 'add' | 'replace'>;

/** The names as they hold, as of at most 30 s ago. */
export const rememberedNames = (stored: Names, now: () => Date): Cached<NameTable> =>
  cached(async () => nameTable((await stored.get(id))?.names ?? {}), rememberSeconds, now);

export const listEventNames = async (stored: Names): Promise<ShownName[]> =>
  shownNames((await stored.get(id))?.names ?? {});

/**
 * Replaces the names of one's own.
 *
 * @throws Problem `VALIDATION_FAILED` for two names that are the same @throws Problem `CONFLICT`
 */
export const replaceEventNames = async (names: OwnNames, stored: Names): Promise<ShownName[]> => {
  refuseTwins(Object.keys(names));
  const before = await stored.get(id);
  const next = { id, version: (before?.version ?? 0) + 1, names };
  try {
    await (before ? stored.replace(next) : stored.add(next));
  } catch (fault) {
    if (fault instanceof DocumentChanged) throw new Problem('CONFLICT', 'Somebody else changes the names; try again');
    throw fault;
  }
  return shownNames(names);
};

const refuseTwins = (names: readonly string[]): void => {
  const known = new Map<string, string>();
  for (const name of names) {
    const twin = known.get(nameKey(name));
    if (twin !== undefined) {
      const reason = `is the same name as ${twin}`;
      throw new Problem('VALIDATION_FAILED', `${name} ${reason}`, [{ path: `body.names.${name}`, reason }]);
    }
    known.set(nameKey(name), name);
  }
};
