import type { StoredSegment } from '../contract/segments.ts';
import { recentRows } from '../engines/search/recent-rows.ts';
import { type AskedSearch, type FoundRow, searchQuestion } from '../engines/search/search-question.ts';
import { conditionOfRules } from '../engines/segments/condition-of-rules.ts';
import { notFound, unprocessable } from '../errors.ts';
import { isComparison, leavesOf } from '../language/condition.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { Profile } from '../model/profile.ts';
import { orderOf, type ProfileSearch, type SearchSort } from '../model/profile-search.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { RecentProfiles } from '../ports/recent-profiles.ts';
import { checkFilter, type FilterTools } from './check-filter.ts';
import { profileParts } from './profile-parts.ts';
import { placeIn, searchCursor } from './search-cursor.ts';
import { checkSeen, sees } from './seen-fields.ts';
import { showProfiles } from './show-profiles.ts';

export interface FindTools extends FilterTools {
  profiles: Pick<ProfileStore, 'getMany'>;
  recent: Pick<RecentProfiles, 'ids'>;
  segments: Pick<Collection<StoredSegment>, 'get'>;
  queryEngine: QueryEngine;
  memberships: Pick<MembershipStore, 'members'>;
  now: () => Date;
}

interface SearchTools extends FindTools {
  memberships: MembershipStore;
}

export interface SearchPage {
  sort: SearchSort;
  limit: number;
  offset?: number | undefined;
  cursor?: string | undefined;
  /** What the caller may see; they may look nowhere else. */
  fieldPolicy: FieldPolicy;
  budget: Pick<QuestionBudget, 'reading'>;
}

const recentMax = 500;
const membersMax = 10_000;

/**
 * The ids on one page of a search, and how many are found in all. What requests have changed is found, or not, as it is
 * now; what events have changed as soon as the snapshot was told, which takes seconds.
 *
 * @throws Problem `NOT_FOUND` for the segment, `FORBIDDEN` for a field that the caller may not see, `VALIDATION_FAILED`
 * @throws QueryOverBudget @throws QueryStopped
 */
export const findProfiles = async (search: ProfileSearch, page: SearchPage, tools: FindTools) => {
  const { sort, limit, offset = 0, cursor, fieldPolicy } = page;
  const order = orderOf(sort);
  if (search.rules) await checkFilter(search.rules, tools);
  checkSeen(search, order, fieldPolicy);
  const after = cursor === undefined ? undefined : placeIn(cursor, sort);
  const segment = await insideOf(search.segmentId, tools);
  /** In this order: what is not noted any more stands in the snapshot that is asked. */
  const recent = await recentNow(tools);
  const now = tools.now().getTime();
  const asked = { now, search, order, limit: limit + 1, offset, after, recent, segment, maySee: sees(fieldPolicy) };
  const { budgetSeconds, signal } = page.budget.reading();
  const answer = await tools.queryEngine.ask(searchQuestion(asked), budgetSeconds, signal);
  const rows = answer.rows as unknown as FoundRow[];
  const found = rows.filter(({ id }) => id !== null);
  const last = found[limit - 1];
  const next =
    found.length > limit && last ? searchCursor({ sort, value: last.value, id: String(last.id) }) : undefined;
  return {
    ids: found.slice(0, limit).map(({ id }) => String(id)),
    total: rows[0]?.total ?? 0,
    asOf: newestOf(recent, answer.asOf),
    ...(next === undefined ? {} : { nextCursor: next }),
  };
};

/** The newest change that the answer knows. */
const newestOf = (recent: AskedSearch['recent'], asOf: number): number =>
  recent.reduce((newest, { updated_at }) => Math.max(newest, Number(updated_at)), asOf);

/** Searched for by what it asks of fields; where it asks more, or nothing, by its members as they stand. */
const insideOf = async (
  segmentId: string | undefined,
  { segments, memberships }: FindTools,
): Promise<AskedSearch['segment']> => {
  if (segmentId === undefined) return undefined;
  const segment = await segments.get(segmentId);
  if (!segment) throw notFound('Segment', segmentId);
  const condition = segment.condition ?? (segment.rules && conditionOfRules(segment.rules));
  if (condition && leavesOf(condition).every(isComparison)) return condition;
  const { members } = await memberships.members(segmentId, membersMax + 1);
  if (members.length <= membersMax) return members.map(({ profileId }) => profileId);
  throw unprocessable(
    'body.segmentId',
    `has more than ${membersMax} members, and is not told by fields alone: export it`,
  );
};

/** What profiles are by now of which the snapshot was not told yet. */
export const recentNow = async ({
  recent,
  profiles,
}: Pick<FindTools, 'recent' | 'profiles'>): Promise<AskedSearch['recent']> => {
  const ids = await recent.ids(recentMax);
  if (ids.length === 0) return [];
  const states = await profiles.getMany(ids);
  return recentRows(ids.flatMap(id => states.get(id) ?? []).map(profileParts));
};

/** One page of the profiles that are found, as they are now; of those who went a moment ago nobody is shown. */
export const searchProfiles = async (
  search: ProfileSearch,
  page: SearchPage,
  tools: SearchTools,
): Promise<{ items: Profile[]; total: number; asOf: number; nextCursor?: string }> => {
  const { ids, ...found } = await findProfiles(search, page, tools);
  const states = await tools.profiles.getMany(ids);
  const live = ids.flatMap(id => states.get(id) ?? []).filter(({ head }) => head.life === 'live');
  return { ...found, items: await showProfiles(live, tools) };
};
