import { blankProfile } from '../../../core/engines/profiles/commit-events.ts';
import { writePerson } from '../../../core/engines/profiles/write-person.ts';
import { keysOf } from '../../../core/flows/find-matches.ts';
import { defaultIdentityConfig } from '../../../core/model/identity-config.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { Item, Table } from '../../../core/ports/table.ts';
import { keys } from '../../../functions/adapters/stores/access-patterns.ts';
import { headItem, personItem } from '../../../functions/adapters/stores/profile-items.ts';
import { generatedPeople } from './generated-people.ts';

const at = Date.parse('2026-02-15T12:00:00Z');
const blockSizeMax = 100;
const rates = { recordsMax: 7, typo: 0.1, missing: 0.15, shortName: 0.2, moved: 0.1, renamed: 0.05, sharing: 0.15 };

const dated = (digits: string | undefined): string | undefined =>
  digits?.length === 8 ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : undefined;

const stateOf = (id: string, { birthDate, email: _email, plan: _plan, ...names }: Readonly<Record<string, string>>) => {
  const blank = blankProfile(id, at);
  const attributes = { ...names, birthDate: dated(birthDate) };
  const person = writePerson(blank.person, { at, id: 'request', source: 'bench', attributes });
  return { ...blank, head: { ...blank.head, version: 1 }, person: { ...person, version: 1 } };
};

/** Blocks as they come to be when everybody is indexed one after the other, but those that only one is in. */
const blocksOf = (states: readonly ProfileState[]): Item[] => {
  const blocks = new Map<string, string[]>();
  for (const { id, person } of states)
    for (const key of keysOf(person, defaultIdentityConfig)) {
      const ids = blocks.get(key) ?? [];
      if (ids.length < blockSizeMax) blocks.set(key, ids.concat(id));
    }
  const shared = [...blocks].filter(([, ids]) => ids.length > 1);
  return shared.map(([key, ids]) => ({ ...keys.block(key), d: { v: ids.length, ids } }));
};

/** Fills a table with so many profiles, several of some people. Tells which others are the same person as each. */
export const fillPeople = async (table: Table, count: number) => {
  const { records, truth } = generatedPeople({ ...rates, persons: Math.ceil(count / 4) }, 1);
  const ids = records.map((_, index) => `profile-${String(index).padStart(26, '0')}`);
  const states = records.map(({ attributes }, index) => stateOf(ids[index] ?? '', attributes));
  const items = [
    ...states.flatMap(({ id, head, person }) => [headItem(id, head), personItem(id, head.createdAt, person)]),
    ...blocksOf(states),
  ];
  const batch = 2000;
  for (let first = 0; first < items.length; first += batch)
    await table.writeMany(items.slice(first, first + batch).map(item => ({ kind: 'put', item })));
  const byPerson = new Map<string, string[]>();
  for (const [index, person] of truth.entries())
    byPerson.set(person, [...(byPerson.get(person) ?? []), ids[index] ?? '']);
  const twins = new Map(
    ids.map((id, index) => [id, new Set((byPerson.get(truth[index] ?? '') ?? []).filter(other => other !== id))]),
  );
  return { ids, twins };
};
