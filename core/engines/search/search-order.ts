import type { SqlDialect } from '../../language/sql/sql-dialect.ts';
import { allOf, anyOf, bound } from '../../language/sql/sql-text.ts';
import type { Statement } from '../../language/sql/statement.ts';
import type { SearchOrder, SearchPlace, SearchSortName } from '../../model/profile-search.ts';

/** Where a field stands that profiles may be sorted by, and how it is called in the golden record. */
interface Sorted {
  path: string;
  /** Instants as numbers, so that they read back as they are. */
  value: (dialect: SqlDialect) => string;
}

const plain = (path: string, column: string): Sorted => ({ path, value: () => column });
const instant = (path: string, column: string): Sorted => ({
  path,
  value: dialect => dialect.epochMilliseconds(column),
});
const money = (path: string, name: string): Sorted => plain(path, `coalesce(${name}_exact, ${name}_cents / 100.0)`);

const sorted: Readonly<Record<SearchSortName, Sorted>> = {
  createdAt: instant('createdAt', 'created_at'),
  updatedAt: instant('updatedAt', 'greatest(updated_at, person_updated_at)'),
  firstSeenDate: instant('computed.firstSeenDate', 'first_seen_at'),
  lastSeenDate: instant('computed.lastSeenDate', 'last_seen_at'),
  lastPurchaseDate: instant('computed.lastPurchaseDate', 'last_purchase_at'),
  ltv: money('computed.ltv', 'ltv'),
  aov: money('computed.aov', 'aov'),
  purchaseCount: plain('computed.purchaseCount', 'purchase_count'),
  churnRisk: plain('computed.churnRisk', 'churn_risk'),
  engagementScore: plain('computed.engagementScore', 'engagement_score'),
  firstName: plain('attributes.firstName', 'first_name'),
  lastName: plain('attributes.lastName', 'last_name'),
  email: plain('attributes.email', 'email'),
  company: plain('attributes.company', 'company'),
  city: plain('attributes.city', 'city'),
  country: plain('attributes.country', 'country'),
};

/** The field in the golden record that a sort looks at. */
export const sortedPath = ({ by }: SearchOrder): string => sorted[by].path;

export const sortValue = ({ by }: SearchOrder, dialect: SqlDialect): string => sorted[by].value(dialect);

/** The order of pages, over the columns `value` and `id`: no two profiles are at the same place. */
export const orderBy = ({ descending }: SearchOrder): string => {
  const way = descending ? 'DESC' : 'ASC';
  return `value ${way} NULLS LAST, id ${way}`;
};

/** Whoever comes after a place in this order. */
export const comesAfter = ({ descending }: SearchOrder, { value, id }: SearchPlace): Statement => {
  const sign = descending ? '<' : '>';
  const nextId = bound(`id ${sign} ?`, id);
  if (value === null) return allOf([bound('value IS NULL'), nextId]);
  return anyOf([bound(`value ${sign} ?`, value), allOf([bound('value = ?', value), nextId]), bound('value IS NULL')]);
};
