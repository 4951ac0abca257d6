import { allOf, anyOf, bound } from '../../language/sql/sql-text.ts';
import type { Statement } from '../../language/sql/statement.ts';
import type { SearchTerms } from './search-terms.ts';

const wordsMax = 8;

/** Where words are looked for, each with the field that it holds. Texts that people read: any part, in any case. */
const texts: Readonly<Record<string, string>> = {
  first_name: 'attributes.firstName',
  last_name: 'attributes.lastName',
  company: 'attributes.company',
  title: 'attributes.title',
  city: 'attributes.city',
  email: 'attributes.email',
};
/** What machines read: any part of it, as it is given. */
const identifiers: Readonly<Record<string, string>> = {
  id_customer: 'externalIds.customerId',
  id_email: 'externalIds.email',
};
const numbers: Readonly<Record<string, string>> = { id_phone: 'externalIds.phone', phone: 'attributes.phone' };
/** Nothing else can be a part of a number, or an id of ours. */
const [likeNumber, likeId] = [/^[+\d][\d()./-]*$/, /^profile-/];
/** One of a list, whole and as it is given. */
const lists: Readonly<Record<string, string>> = {
  tags: 'attributes.tags',
  id_devices: 'externalIds.deviceIds',
  id_anonymous: 'externalIds.anonymousIds',
  id_cookies: 'externalIds.cookies',
  id_advertising: 'externalIds.advertisingIds',
};
/** The values of an object, any part of them, in any case. */
const objects: Readonly<Record<string, string>> = {
  custom_fields: 'attributes.customFields',
  id_custom: 'externalIds.custom',
};

/** Every word somewhere in what the caller may see, or a whole id of ours. */
export const wordsSql = (query: string, terms: SearchTerms): Statement =>
  allOf([...new Set(query.split(/\s+/))].slice(0, wordsMax).map(word => wordSql(word, terms)));

const wordSql = (word: string, { dialect, maySee }: SearchTerms): Statement => {
  const lower = word.toLowerCase();
  const columnsOf = (columns: Readonly<Record<string, string>>) =>
    Object.entries(columns).flatMap(([column, path]) => (maySee(path) ? [column] : []));
  const inText = (text: string, part = lower) => bound(dialect.contains(`lower(${text})`, '?'), part);
  /** Names of fields do not count; a look at the whole object is cheaper, and mostly enough to say no. */
  const inObject = (column: string) =>
    allOf([inText(column, JSON.stringify(lower).slice(1, -1)), inText(dialect.jsonValuesText(column))]);
  return anyOf([
    ...(likeId.test(word) ? [bound('id = ?', word)] : []),
    ...columnsOf(texts).map(column => inText(column)),
    ...[...columnsOf(identifiers), ...(likeNumber.test(word) ? columnsOf(numbers) : [])].map(column =>
      bound(dialect.contains(column, '?'), word),
    ),
    ...columnsOf(lists).map(column => bound(dialect.listContains(column, '?'), word)),
    ...columnsOf(objects).map(inObject),
  ]);
};
