import { areaOfFamilies } from '../engines/identity/families-sampled.ts';
import type { MatchRecord } from '../engines/identity/match-record.ts';
import { type ComparedPerson, profileRecord } from '../engines/identity/profile-record.ts';
import type { Identifier } from '../model/identifier.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { QueryEngine } from '../ports/query-engine.ts';

export interface SampledPeople {
  ids: string[];
  records: MatchRecord[];
  /** How many profiles with a family name there are. */
  of: number;
}

const budgetSeconds = 20;
const initial = 'lower(substr(last_name, 1, 1))';

/**
 * People of the snapshot with a family name, at most so many. Those whose names begin alike come together: two records of
 * one person are in the sample both or neither.
 */
export const samplePeople = async (
  queryEngine: QueryEngine,
  config: IdentityConfig,
  peopleMax: number,
): Promise<SampledPeople> => {
  const counted = await queryEngine.ask(
    (_dialect, { text }) => ({
      text: `SELECT ${initial} AS initial, count(*) AS people FROM ${text} WHERE last_name IS NOT NULL GROUP BY 1`,
      values: [],
    }),
    budgetSeconds,
  );
  const families = counted.rows.map(({ initial: letter, people }) => ({
    initial: String(letter),
    people: Number(people),
  }));
  const of = families.reduce((sum, { people }) => sum + people, 0);
  const chosen = areaOfFamilies(families, peopleMax);
  if (chosen.length === 0) return { ids: [], records: [], of };
  const { rows } = await queryEngine.ask(
    (_dialect, { text }) => ({
      text: `SELECT id, first_name, last_name, birth_date, city, postal_code, country, email, phone, id_email, id_phone, id_customer, custom_fields
        FROM ${text} WHERE ${initial} IN (${chosen.map(() => '?').join(', ')}) ORDER BY id LIMIT ${peopleMax}`,
      values: chosen,
    }),
    budgetSeconds,
  );
  return { ids: rows.map(({ id }) => String(id)), records: rows.map(row => profileRecord(personIn(row), config)), of };
};

type Row = Record<string, unknown>;

const textIn = (row: Row, name: string): string | undefined =>
  typeof row[name] === 'string' && row[name] !== '' ? row[name] : undefined;

const personIn = (row: Row): ComparedPerson => {
  const attributes = {
    firstName: textIn(row, 'first_name'),
    lastName: textIn(row, 'last_name'),
    birthDate: textIn(row, 'birth_date'),
    city: textIn(row, 'city'),
    postalCode: textIn(row, 'postal_code'),
    country: textIn(row, 'country'),
    email: textIn(row, 'email'),
    phone: textIn(row, 'phone'),
  };
  const known = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
  const customFields = JSON.parse(textIn(row, 'custom_fields') ?? '{}');
  return { attributes: { ...known, tags: [], customFields }, identifiers: identifiersIn(row) };
};

const identifiersIn = (row: Row): Identifier[] =>
  (['email', 'phone', 'customerId'] as const).flatMap(type => {
    const value = textIn(row, type === 'customerId' ? 'id_customer' : `id_${type}`);
    return value === undefined ? [] : [{ type, value }];
  });
