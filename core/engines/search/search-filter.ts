import type { Group } from '../../language/condition.ts';
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
  /** The rules of the segment that the search names. */
  segmentRules: Group | undefined;
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
  segmentId: (_id, terms) => (terms.segmentRules ? conditionSql(terms.segmentRules, terms) : sql('false')),
  emailConsent: value => granted('consent_email', value),
  smsConsent: value => granted('consent_sms', value),
  rules: conditionSql,
};

/** Whoever satisfies everything that a search names. */
export const searchFilter = (search: ProfileSearch, terms: SearchTerms): Statement =>
  allOf(
    Object.entries(filters).flatMap(([name, filter]) => {
      const value = search[name as keyof ProfileSearch];
      return value === undefined ? [] : [(filter as (given: unknown, terms: SearchTerms) => Statement)(value, terms)];
    }),
  );
