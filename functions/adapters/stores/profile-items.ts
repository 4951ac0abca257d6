import type { Head, PersonRecord } from '../../../core/model/profile-state.ts';
import type { Item, Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { packCounters, unpackCounters } from './packed-counters.ts';

/** The head packed into one map attribute `h`, so that one assignment and one condition name it. */
export const headItem = (id: string, head: Head): Item => ({ ...keys.head(id), h: packHead(head) });

/** `version` and `life` keep their names: conditions name them. */
export const packHead = ({ ring, counters, createdAt, updatedAt, ...head }: Head): Value => ({
  ...(head as unknown as Record<string, Value>),
  c: createdAt,
  u: updatedAt,
  n: packCounters(counters),
  ring: packFingerprints(ring),
});

export const unpackHead = (item: Item): Head => {
  const { c, u, n, ring, ...head } = item.h as { [name: string]: Value };
  return {
    ...(head as unknown as Pick<Head, 'version' | 'life' | 'pages'>),
    createdAt: Number(c),
    updatedAt: Number(u),
    counters: unpackCounters(n ?? null),
    ring: unpackFingerprints(ring as Uint8Array),
  };
};

export const packFingerprints = (fingerprints: readonly number[]): Uint8Array => {
  const bytes = Buffer.alloc(fingerprints.length * 4);
  fingerprints.forEach((fingerprint, index) => {
    bytes.writeUInt32BE(fingerprint, index * 4);
  });
  return new Uint8Array(bytes);
};

export const unpackFingerprints = (bytes: Uint8Array): number[] => {
  const view = Buffer.from(bytes);
  return Array.from({ length: view.length / 4 }, (_, index) => view.readUInt32BE(index * 4));
};

/** The person with its place in the list of profiles. */
export const personItem = (id: string, createdAt: number, person: PersonRecord): Item => ({
  ...keys.person(id),
  ...keys.personList(id, createdAt),
  a: person as unknown as Value,
});

export const unpackPerson = (item: Item): PersonRecord => item.a as unknown as PersonRecord;
