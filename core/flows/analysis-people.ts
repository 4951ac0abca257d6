import type { Asked, PassName } from '../engines/columns/passes.ts';
import { notFound, unprocessable } from '../errors.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import { VersionGone } from '../ports/event-columns.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { type AnalysisTools, groupsKey, type StoredAnalysis, storedAnalysis } from './analyse.ts';
import { checkBreakdown } from './chosen-people.ts';
import { isOverviewHandle, overviewPeople } from './overview-people.ts';
import { showProfiles } from './show-profiles.ts';

export interface PeopleTools extends AnalysisTools {
  profiles: ProfileStore;
  memberships: MembershipStore;
}

interface PeopleQuery {
  limit: number;
  offset?: number | undefined;
  cursor?: string | undefined;
}

interface Asking {
  budget: QuestionBudget;
  fieldPolicy: FieldPolicy;
}

interface PeoplePage {
  items: Profile[];
  total: number;
  asOf: number;
  nextCursor?: string;
}

const handlePattern = /^([A-Za-z0-9_-]{32})\.(\d{1,7})$/;

/**
 * Exactly the profiles behind a figure, in the order of their ids. Of who was erased since nobody is shown, and in place
 * of who was merged the survivor.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `FORBIDDEN` @throws QueryOverBudget @throws QueryStopped
 */
export const analysisPeople = async (
  handle: string,
  { limit, offset = 0, cursor }: PeopleQuery,
  asking: Asking,
  tools: PeopleTools,
): Promise<PeoplePage> => {
  const start = cursor === undefined ? offset : placeIn(cursor);
  const page = { limit, offset: start };
  const { ids, total, asOf } = isOverviewHandle(handle)
    ? await overviewPeople(handle, page, asking.budget, tools)
    : await peopleOfFigure(handle, page, asking, tools);
  const next = start + limit < total ? { nextCursor: String(start + limit) } : {};
  return { items: await showProfiles(await statesOf(ids, tools), tools), total, asOf, ...next };
};

const placeIn = (cursor: string): number => {
  if (!/^\d{1,9}$/.test(cursor)) throw unprocessable('query.cursor', 'is none that this list gave');
  return Number(cursor);
};

/** Nobody twice, though several may have become one. */
const statesOf = async (ids: readonly string[], { profiles }: PeopleTools): Promise<ProfileState[]> => {
  const states = await profiles.getMany([...ids]);
  const merged = ids.flatMap(id => states.get(id)?.head.mergedInto ?? []);
  const survivors = merged.length === 0 ? states : await profiles.getMany([...new Set(merged)]);
  const shown = new Map<string, ProfileState>();
  for (const id of ids) {
    const state = states.get(id);
    const now = state?.head.mergedInto === undefined ? state : survivors.get(state.head.mergedInto);
    if (now?.head.life === 'live') shown.set(now.id, now);
  }
  return [...shown.values()];
};

const peopleOfFigure = async (
  handle: string,
  { limit, offset }: { limit: number; offset: number },
  { budget, fieldPolicy }: Asking,
  tools: PeopleTools,
): Promise<{ ids: string[]; total: number; asOf: number }> => {
  const [, id = '', place = ''] = handlePattern.exec(handle) ?? [];
  const stored = id === '' ? undefined : await storedAnalysis(id, tools);
  const collect = stored?.cells[Number(place)];
  if (!stored || collect === undefined) throw notFound('Figure', handle);
  if (stored.breakdown !== undefined) checkBreakdown(stored.breakdown, { part: 'params', fieldPolicy });
  try {
    const numbers = await numbersOf(id, stored, collect, budget, tools);
    const ids = await tools.eventColumns.ids(stored.version, numbers.slice(offset, offset + limit), budget.reading());
    return { ids, total: numbers.length, asOf: stored.version.asOf };
  } catch (fault) {
    if (fault instanceof VersionGone) throw notFound('Figure', `${handle}: ask anew, since what it was made of`);
    throw fault;
  }
};

/** The numbers of everybody behind a figure, in order. */
const numbersOf = async (
  id: string,
  { pass, asked, version, groups }: StoredAnalysis,
  collect: unknown,
  budget: QuestionBudget,
  { eventColumns, transfers }: PeopleTools,
): Promise<Uint32Array> => {
  const of = groups === undefined ? undefined : (await transfers.get(groupsKey(id)))?.body;
  if (groups !== undefined && !of) throw notFound('Figure', id);
  const people = groups !== undefined && of ? { people: { of: new Uint8Array(of), count: groups } } : {};
  const whole = { ...(asked as object), ...people, collect } as Asked<PassName>;
  const { sums } = await eventColumns.pass(version, pass, whole, budget.reading());
  const pieces = 'collected' in sums ? sums.collected : [];
  const numbers = new Uint32Array(pieces.reduce((all, piece) => all + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    numbers.set(piece, end);
    end += piece.length;
  }
  return numbers.sort();
};
