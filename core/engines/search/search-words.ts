import { allOf, anyOf, sql } from '../../language/sql/joined-statements.ts';
import type { Statement } from '../../language/sql/statement.ts';
import type { SearchTerms } from './search-filter.ts';

const wordsMax = 8;

/** Where words are looked for: columns of text and of lists, each with the field that it holds. */
const textColumns: Readonly<Record<string, string>> = {
  first_name: 'attributes.firstName',
  last_name: 'attributes.lastName',
  email: 'attributes.email',
  phone: 'attributes.phone',
  company: 'attributes.company',
  title: 'attributes.title',
  city: 'attributes.city',
  id_email: 'externalIds.email',
  id_phone: 'externalIds.phone',
  id_customer: 'externalIds.customerId',
};
const listColumns: Readonly<Record<string, string>> = {
  tags: 'attributes.tags',
  id_devices: 'externalIds.deviceIds',
  id_anonymous: 'externalIds.anonymousIds',
  id_cookies: 'externalIds.cookies',
  id_advertising: 'externalIds.advertisingIds',
};
const objectColumns: Readonly<Record<string, string>> = {
  custom_fields: 'attributes.customFields',
  id_custom: 'externalIds.custom',
};

/** Every word somewhere in what the caller may see; a word in an id of ours counts, too. */
export const wordsSql = (query: string, terms: SearchTerms): Statement => {
  const words = [...new Set(query.toLowerCase().split(/\s+/))].slice(0, wordsMax);
  return allOf(words.map(word => wordSql(word, terms)));
};

const wordSql = (word: string, { dialect, maySee }: SearchTerms): Statement => {
  const columnsOf = (columns: Readonly<Record<string, string>>) =>
    Object.entries(columns).flatMap(([column, path]) => (maySee(path) ? [column] : []));
  const within = (text: string, needle = word) => sql(dialect.contains(`lower(${text})`, '?'), needle);
  /** Names of fields do not count; a look at the whole object is cheaper, and mostly enough to say no. */
  const inObject = (column: string) =>
    allOf([within(column, JSON.stringify(word).slice(1, -1)), within(dialect.jsonValuesText(column))]);
  return anyOf([
    sql('id = ?', word),
    ...columnsOf(textColumns).map(column => within(column)),
    ...columnsOf(listColumns).map(column => within(dialect.listText(column))),
    ...columnsOf(objectColumns).map(inObject),
  ]);
};
