import * as analytics from './analytics.ts';
import * as analyticsAttribution from './analytics-attribution.ts';
import * as analyticsCohorts from './analytics-cohorts.ts';
import * as analyticsFunnel from './analytics-funnel.ts';
import * as analyticsJourneys from './analytics-journeys.ts';
import * as apiKeys from './api-keys.ts';
import * as audienceMembers from './audience-members.ts';
import * as audiencePreflight from './audience-preflight.ts';
import * as audienceSchedules from './audience-schedules.ts';
import * as audiences from './audiences.ts';
import * as audit from './audit.ts';
import * as auth from './auth.ts';
import * as consent from './consent.ts';
import * as discovery from './discovery.ts';
import * as events from './events.ts';
import * as eventsRead from './events-read.ts';
import * as exports from './exports.ts';
import * as gdpr from './gdpr.ts';
import * as governance from './governance.ts';
import * as imports from './imports.ts';
import * as integrations from './integrations.ts';
import * as lookalikes from './lookalikes.ts';
import * as matching from './matching.ts';
import * as merges from './merges.ts';
import * as predictions from './predictions.ts';
import * as profileRecord from './profile-record.ts';
import * as profiles from './profiles.ts';
import * as profilesBulk from './profiles-bulk.ts';
import * as profilesSearch from './profiles-search.ts';
import * as quarantine from './quarantine.ts';
import * as replay from './replay.ts';
import * as retention from './retention.ts';
import type { Route } from './route.ts';
import * as schemas from './schemas.ts';
import * as eventNames from './sdk/event-names.ts';
import * as segmentAnalysis from './segment-analysis.ts';
import * as segmentExport from './segment-export.ts';
import * as segmentInsight from './segment-insight.ts';
import * as segmentVersions from './segment-versions.ts';
import * as segments from './segments.ts';
import * as series from './series.ts';
import * as sessions from './sessions.ts';
import * as settings from './settings.ts';
import * as sources from './sources.ts';
import * as suppressions from './suppressions.ts';
import * as syncs from './syncs.ts';
import * as system from './system.ts';
import * as traits from './traits.ts';
import * as users from './users.ts';
import * as webhooks from './webhooks.ts';

/** Every capability, in the order of the documentation: the one place that names them all. */
const declared = {
  ...system,
  ...profiles,
  ...matching,
  ...profilesSearch,
  ...profilesBulk,
  ...merges,
  ...profilesBulk,
  ...profileRecord,
  ...events,
  ...eventsRead,
  ...quarantine,
  ...sessions,
  ...eventNames,
  ...schemas,
  ...sources,
  ...replay,
  ...imports,
  ...exports,
  ...segments,
  ...segmentInsight,
  ...analytics,
  ...analyticsFunnel,
  ...analyticsCohorts,
  ...analyticsAttribution,
  ...analyticsJourneys,
  ...segmentVersions,
  ...segmentAnalysis,
  ...segmentExport,
  ...traits,
  ...audiences,
  ...audienceMembers,
  ...audiencePreflight,
  ...lookalikes,
  ...syncs,
  ...audienceSchedules,
  ...suppressions,
  ...apiKeys,
  ...users,
  ...auth,
  ...settings,
  ...integrations,
  ...webhooks,
  ...consent,
  ...gdpr,
  ...retention,
  ...predictions,
  ...discovery,
  ...series,
  ...governance,
  ...audit,
};
type Declared = typeof declared;

/** The routes with their exact types, by id: what the typed client is made from. */
export type RouteTable = {
  [Name in keyof Declared as Declared[Name] extends Route ? Declared[Name]['id'] : never]: Extract<
    Declared[Name],
    Route
  >;
};

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'scope' in value;

/** The table of all routes: whatever a capability's module declares. */
export const routes: readonly Route[] = Object.values(declared as Record<string, unknown>).filter(isRoute);
