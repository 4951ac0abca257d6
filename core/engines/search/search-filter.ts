import type { Condition } from '../../language/condition.ts';
import { conditionSql } from '../../language/sql/condition-sql.ts';
import { allOf, anyOf, sql } from '../../language/sql/joined-statements.ts';
import type { SqlDialect } from '../../language/sql/sql-dialect.ts';
import type { Statement } from '../../language/sql/statement.ts';
import type { ProfileSearch } from '../../model/profile-search.ts';
import { columnOfTag, type Promoted } from '../../model/profile-snapshot.ts';
import { wordsSql } from './search-words.ts';

/** What a search means where it is asked. */
export interface SearchTerms {
  dialect: SqlDialect;
  promoted: Promoted;
  /** Whether the caller may see the field at a dotted path: what they may not see they may not search. */
  maySee: (path: string) => boolean;
  /** Who is in the segment that the search names: whoever satisfies a condition, or these. */
  segment: Condition | readonly string[] | undefined;
  /** Epoch ms. */
  now: number;
}

type Filters = {
  [Name in keyof ProfileSearch]-?: (value: NonNullable<ProfileSearch[Name]>, terms: SearchTerms) => Statement;
};

const part = (column: string, value: string, { dialect }: SearchTerms): Statement =>
  sql(dialect.contains(`lower(${column})`, '?'), value.toLowerCase());

const digitsOf = (text: string): string => text.replace(/\D/g, '');
/** What stands between digits. */
const betweenDigits = "'+-() ./'";

const granted = (column: string, wanted: boolean): Statement => sql(wanted ? column : `NOT coalesce(${column}, false)`);

const ltv = 'coalesce(ltv_exact, ltv_cents / 100.0)';

/** One line for each thing that may be asked for. */
const filters: Filters = {
  query: wordsSql,
  email: (value, terms) => anyOf([part('email', value, terms), part('id_email', value, terms)]),
  phone: (value, { dialect }) =>
    anyOf(
      ['phone', 'id_phone'].map(column =>
        sql(dialect.contains(`translate(${column}, ${betweenDigits}, '')`, '?'), digitsOf(value)),
      ),
    ),
  country: value => sql('country = ?', value),
  city: value => sql('lower(city) = ?', value.toLowerCase()),
  tags: (tags, { dialect, promoted }) =>
    allOf(
      tags.map(tag => {
        const own = columnOfTag(tag, promoted);
        return own === undefined ? sql(dialect.listContains('tags', '?'), tag) : sql(own);
      }),
    ),
  minLtv: value => sql(`${ltv} >= ?`, value),
  maxLtv: value => sql(`${ltv} <= ?`, value),
  minPurchases: value => sql('purchase_count >= ?', value),
  segmentId: (_id, terms) => inSegment(terms),
  emailConsent: value => granted('consent_email', value),
  smsConsent: value => granted('consent_sms', value),
  rules: conditionSql,
};

const inSegment = (terms: SearchTerms): Statement => {
  const { segment = [] } = terms;
  if (!isList(segment)) return conditionSql(segment, terms);
  return segment.length === 0 ? sql('false') : sql(`id IN (${segment.map(() => '?').join(', ')})`, ...segment);
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
