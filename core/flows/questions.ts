import { listPeople } from '../contract/analytics.ts';
import { getAttribution } from '../contract/analytics-attribution.ts';
import { analyzeCohorts } from '../contract/analytics-cohorts.ts';
import { analyzeFunnel } from '../contract/analytics-funnel.ts';
import { analyzeJourneys, getProfileJourney } from '../contract/analytics-journeys.ts';
import { preflightAudience } from '../contract/audience-preflight.ts';
import { getEvent, listEvents } from '../contract/events-read.ts';
import { answeredPage } from '../contract/paging.ts';
import { getTimeline, listProfileEvents } from '../contract/profiles.ts';
import { searchProfiles } from '../contract/profiles-search.ts';
import type { Route, RouteData, RouteInput } from '../contract/route.ts';
import { previewSegment, showSegmentPerformance } from '../contract/segment-analysis.ts';
import { getSession, listProfileSessions, listSessions } from '../contract/sessions.ts';
import { instantRange } from '../model/calendar-day.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { MergeStore } from '../ports/merge-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { analyse } from './analyse.ts';
import { attributionAnalysis } from './analyse-attribution.ts';
import { cohortAnalysis } from './analyse-cohorts.ts';
import { funnelAnalysis } from './analyse-funnel.ts';
import { journeyAnalysis } from './analyse-journeys.ts';
import { analysisPeople, type PeopleTools } from './analysis-people.ts';
import { listEvents as findEvents } from './list-events.ts';
import { listSessions as findSessions, profileSessions } from './list-sessions.ts';
import { type PreflightTools, preflightAudience as preflight } from './preflight-audience.ts';
import { type PreviewTools, previewSegment as preview } from './preview-segment.ts';
import { profileEvents } from './profile-events.ts';
import { profileJourney } from './profile-journey.ts';
import { profileTimeline } from './profile-timeline.ts';
import { type FindTools, searchProfiles as findPage } from './search-profiles.ts';
import { segmentPerformance } from './segment-performance.ts';
import { type ShowEventTools, showEvent } from './show-event.ts';
import { showSession } from './show-session.ts';

export interface QuestionTools
  extends ShowEventTools,
    FindTools,
    PeopleTools,
    PreviewTools,
    Omit<PreflightTools, 'profiles' | 'memberships' | 'merges'> {
  merges: Pick<MergeStore, 'page' | 'get'>;
  settings: PreflightTools['settings'] & { reportingTimezone: string; accountCurrency: string };
  profiles: ProfileStore;
  segments: PreviewTools['segments'];
  memberships: MembershipStore;
  now: () => Date;
}

/** What a route answers: `data`, and what stands beside it. */
export interface QuestionAnswer<Data> {
  data: Data;
  meta?: Record<string, unknown>;
}

/** A route that may take long: the same question is asked at once, and by a worker with more time. */
export interface QuestionOf<R extends Route> {
  route: R;
  /** @throws QueryOverBudget @throws QueryStopped */
  find: (
    input: RouteInput<R>,
    budget: QuestionBudget,
    tools: QuestionTools,
    fieldPolicy: FieldPolicy,
  ) => Promise<QuestionAnswer<RouteData<R>>>;
}

const question = <const R extends Route>(route: R, find: QuestionOf<R>['find']): QuestionOf<R> => ({ route, find });

interface Found<Item> {
  items: Item[];
  nextCursor?: string;
  asOf?: number;
}

const pageFound = <Item>(query: { limit: number }, { asOf, ...found }: Found<Item>) => ({
  data: answeredPage({ limit: query.limit }, found),
  ...(asOf === undefined ? {} : { meta: { asOf: new Date(asOf).toISOString() } }),
});

const sessionTools = (budget: QuestionBudget, tools: QuestionTools) => ({
  ...{ profiles: tools.profiles, eventLake: tools.eventLake, seals: tools.seals, now: tools.now },
  accountCurrency: tools.settings.accountCurrency,
  budget,
});

/** When and where it is asked, for reports. */
const clockOf = ({ settings, now }: QuestionTools) => ({
  now: now().getTime(),
  timeZone: settings.reportingTimezone,
  accountCurrency: settings.accountCurrency,
});

type Dated = Parameters<typeof instantRange>[0];

const ranged = <Query extends Dated>(query: Query, { settings }: Pick<QuestionTools, 'settings'>) => ({
  ...query,
  ...instantRange(query, settings.reportingTimezone),
});

/** Every question that may take long, by the id of its route. */
export const questions = {
  listEvents: question(listEvents, async ({ query }, budget, tools) => {
    return pageFound(query, await findEvents({ ...ranged(query, tools), ...budget.reading() }, tools));
  }),
  getEvent: question(getEvent, async ({ params }, budget, tools) => ({
    data: await showEvent(params.id, tools, budget.reading()),
  })),
  listProfileEvents: question(listProfileEvents, async ({ params, query }, budget, tools) => {
    const asked = { ...ranged(query, tools), ...budget.reading() };
    return pageFound(query, await profileEvents(params.id, asked, tools));
  }),
  getTimeline: question(getTimeline, async ({ params, query }, budget, tools) => {
    const types = query.types?.split(',').map(type => type.trim());
    const asked = { ...ranged(query, tools), ...budget.reading(), types };
    return pageFound(query, await profileTimeline(params.id, asked, tools));
  }),
  searchProfiles: question(searchProfiles, async ({ body }, budget, tools, fieldPolicy) => {
    const { sort, limit, offset, cursor, ...search } = body;
    const { asOf, ...found } = await findPage(search, { sort, limit, offset, cursor, fieldPolicy, budget }, tools);
    return { data: answeredPage(body, found), meta: { asOf: new Date(asOf).toISOString() } };
  }),
  previewSegment: question(previewSegment, async ({ body }, budget, tools, fieldPolicy) =>
    preview(body, fieldPolicy, budget, tools),
  ),
  showSegmentPerformance: question(showSegmentPerformance, async ({ params, query }, budget, tools) =>
    segmentPerformance(params.id, query, budget, tools),
  ),
  listSessions: question(listSessions, async ({ query }, budget, tools) =>
    pageFound(query, await findSessions(ranged(query, tools), sessionTools(budget, tools))),
  ),
  listProfileSessions: question(listProfileSessions, async ({ params, query }, budget, tools) =>
    pageFound(query, await profileSessions(params.id, ranged(query, tools), sessionTools(budget, tools))),
  ),
  getSession: question(getSession, async ({ params }, budget, tools) => ({
    data: await showSession(params.id, sessionTools(budget, tools)),
  })),
  analyzeFunnel: question(analyzeFunnel, ({ body }, budget, tools, fieldPolicy) =>
    analyse(funnelAnalysis(body, clockOf(tools)), { budget, fieldPolicy }, tools),
  ),
  analyzeCohorts: question(analyzeCohorts, ({ body }, budget, tools, fieldPolicy) =>
    analyse(cohortAnalysis(body, clockOf(tools)), { budget, fieldPolicy }, tools),
  ),
  getAttribution: question(getAttribution, ({ query }, budget, tools, fieldPolicy) =>
    analyse(attributionAnalysis(query, clockOf(tools)), { budget, fieldPolicy }, tools),
  ),
  analyzeJourneys: question(analyzeJourneys, ({ body }, budget, tools, fieldPolicy) =>
    analyse(journeyAnalysis(body, clockOf(tools)), { budget, fieldPolicy }, tools),
  ),
  listPeople: question(listPeople, async ({ params, query }, budget, tools, fieldPolicy) =>
    pageFound(query, await analysisPeople(params.handle, query, { budget, fieldPolicy }, tools)),
  ),
  getProfileJourney: question(getProfileJourney, async ({ params, query }, budget, tools) => ({
    data: await profileJourney(params.id, query, tools.settings.reportingTimezone, sessionTools(budget, tools)),
  })),
  preflightAudience: question(preflightAudience, async ({ params, body }, budget, tools) => ({
    data: await preflight(params.id, body, budget, tools),
  })),
};
