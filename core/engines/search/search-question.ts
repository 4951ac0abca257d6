import type { Question } from '../../language/sql/question.ts';
import type { Statement } from '../../language/sql/statement.ts';
import type { ProfileSearch, SearchOrder, SearchPlace } from '../../model/profile-search.ts';
import { nothingPromoted } from '../../model/profile-snapshot.ts';
import { type RecentRow, recentRelation } from './recent-rows.ts';
import { searchFilter } from './search-filter.ts';
import { comesAfter, orderBy, sortValue } from './search-order.ts';
import type { SearchTerms } from './search-terms.ts';

/** One page of a search. */
export interface AskedSearch extends Pick<SearchTerms, 'maySee' | 'segment' | 'now'> {
  search: ProfileSearch;
  order: SearchOrder;
  limit: number;
  offset: number;
  after: SearchPlace | undefined;
  /** What profiles are by now that the snapshot may tell of as they were. */
  recent: readonly RecentRow[];
}

/** One row of the answer: without an id where the page is empty. */
export interface FoundRow {
  total: number;
  id: string | null;
  value: string | number | null;
}

/**
 * The ids on one page of a search, in their order, with how many are found in all. Profiles that changed a moment ago
 * are looked at as they are now, and not as the snapshot has them.
 */
export const searchQuestion =
  (asked: AskedSearch): Question =>
  (dialect, profiles) => {
    const { order, limit, offset, after, recent } = asked;
    const foundIn = (from: string, terms: SearchTerms, unless: string): Statement => {
      const filter = searchFilter(asked.search, terms);
      const text = `SELECT id, ${sortValue(order, dialect)} AS value FROM ${from} WHERE ${filter.text}${unless}`;
      return { text, values: filter.values };
    };
    const terms = { dialect, maySee: asked.maySee, segment: asked.segment, now: asked.now };
    const told = recentRelation(recent, dialect);
    const base = { ...terms, promoted: profiles.promoted };
    const found = told
      ? [
          foundIn(profiles.text, base, ' AND id NOT IN (SELECT id FROM recent)'),
          foundIn('recent', { ...terms, promoted: nothingPromoted }, " AND life = 'live'"),
        ]
      : [foundIn(profiles.text, base, '')];
    const page = after ? comesAfter(order, after) : { text: 'true', values: [] };
    const named = [...(told ? [`recent AS (${told.text})`] : []), `found AS MATERIALIZED (${unionOf(found)})`];
    return {
      text: `WITH ${named.join(', ')}
        SELECT counted.total AS total, page.id AS id, page.value AS value
        FROM (SELECT count(*) AS total FROM found) AS counted
        LEFT JOIN (
          SELECT id, value FROM found WHERE ${page.text} ORDER BY ${orderBy(order)} OFFSET ${offset} LIMIT ${limit}
        ) AS page ON true ORDER BY ${orderBy(order)}`,
      values: [...(told?.values ?? []), ...found.flatMap(({ values }) => values), ...page.values],
    };
  };

const unionOf = (parts: readonly Statement[]): string => parts.map(({ text }) => text).join(' UNION ALL ');
