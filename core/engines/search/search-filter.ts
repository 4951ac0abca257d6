import type { Condition } from '../../language/condition.ts';
import { conditionSql } from '../../language/sql/condition-sql.ts';
import { allOf, anyOf, bound } from '../../language/sql/sql-text.ts';
import type { Statement } from '../../language/sql/statement.ts';
import type { ProfileSearch } from '../../model/profile-search.ts';
import { columnOfTag } from '../../model/profile-snapshot.ts';
import type { SearchTerms } from './search-terms.ts';
import { wordsSql } from './search-words.ts';

type Filters = {
  [Name in keyof ProfileSearch]-?: (value: NonNullable<ProfileSearch[Name]>, terms: SearchTerms) => Statement;
};

const part = (column: string, value: string, { dialect }: SearchTerms): Statement =>
  bound(dialect.contains(`lower(${column})`, '?'), value.toLowerCase());

/** Most people have one and the same address, or number, at both places: it is looked at once. */
const unlessSame = (column: string, first: string, held: Statement): Statement =>
  allOf([bound(`(${first} IS NULL OR ${column} <> ${first})`), held]);

const digitsOf = (text: string): string => text.replace(/\D/g, '');
/** What stands between digits. */
const betweenDigits = "'+-() ./'";

/** Numbers that are known in their international form are nothing but digits after a plus. */
const partOfNumber = (digits: string, { dialect }: SearchTerms): Statement => {
  const within = (text: string) => bound(dialect.contains(text, '?'), digits);
  const bare = (column: string) => within(`translate(${column}, ${betweenDigits}, '')`);
  const isBroken = [
    bound("NOT starts_with(id_phone, '+')"),
    ...['-', ' '].map(sign => bound(dialect.contains('id_phone', `'${sign}'`))),
  ];
  return anyOf([
    within('id_phone'),
    allOf([anyOf(isBroken), bare('id_phone')]),
    unlessSame('phone', 'id_phone', bare('phone')),
  ]);
};

const granted = (column: string, wanted: boolean): Statement =>
  bound(wanted ? column : `NOT coalesce(${column}, false)`);

const ltv = 'coalesce(ltv_exact, ltv_cents / 100.0)';

/** One line for each thing that may be asked for. */
const filters: Filters = {
  query: wordsSql,
  email: (value, terms) =>
    anyOf([part('email', value, terms), unlessSame('id_email', 'email', part('id_email', value, terms))]),
  phone: (value, terms) => partOfNumber(digitsOf(value), terms),
  country: value => bound('country = ?', value),
  city: value => bound('lower(city) = ?', value.toLowerCase()),
  tags: (tags, { dialect, promoted }) =>
    allOf(
      tags.map(tag => {
        const own = columnOfTag(tag, promoted);
        return own === undefined ? bound(dialect.listContains('tags', '?'), tag) : bound(own);
      }),
    ),
  minLtv: value => bound(`${ltv} >= ?`, value),
  maxLtv: value => bound(`${ltv} <= ?`, value),
  minPurchases: value => bound('purchase_count >= ?', value),
  segmentId: (_id, terms) => inSegment(terms),
  emailConsent: value => granted('consent_email', value),
  smsConsent: value => granted('consent_sms', value),
  rules: (rules, terms) => conditionSql(rules, { ...terms, id: 'id' }),
};

const inSegment = (terms: SearchTerms): Statement => {
  const { segment = [] } = terms;
  if (!isList(segment)) return conditionSql(segment, { ...terms, id: 'id' });
  return segment.length === 0 ? bound('false') : bound(`id IN (${segment.map(() => '?').join(', ')})`, ...segment);
};

const isList = (segment: Condition | readonly string[]): segment is readonly string[] => Array.isArray(segment);

/** Whoever satisfies everything that a search names. */
export const searchFilter = (search: ProfileSearch, terms: SearchTerms): Statement =>
  allOf(
    Object.entries(filters).flatMap(([name, filter]) => {
      const value = search[name as keyof ProfileSearch];
      return value === undefined ? [] : [(filter as (given: unknown, terms: SearchTerms) => Statement)(value, terms)];
    }),
  );
