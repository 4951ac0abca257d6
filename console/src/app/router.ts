import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { searchOf } from './search-of.ts';
import { NotThere } from './shell/not-there.tsx';
import { PageFailure } from './shell/page-failure.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotThere, errorComponent: PageFailure });
const under = <const Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

const start = createRoute({
  ...under('/'),
  beforeLoad: () => {
    throw redirect({ to: '/profiles' });
  },
});

const profiles = createRoute({
  ...under('/profiles'),
  validateSearch: searchOf(
    ...(['query', 'email', 'phone', 'country', 'city', 'tag', 'minLtv', 'maxLtv', 'minPurchases'] as const),
    ...(['segmentId', 'emailConsent', 'smsConsent', 'sort'] as const),
  ),
  component: lazyRouteComponent(() => import('../features/profiles/profiles-page.tsx'), 'ProfilesPage'),
});

const duplicates = createRoute({
  ...under('/profiles/duplicates'),
  validateSearch: searchOf('status'),
  component: lazyRouteComponent(() => import('../features/profiles/review/duplicates-page.tsx'), 'DuplicatesPage'),
});
const person = createRoute({
  ...under('/profiles/$profileId'),
  validateSearch: searchOf('part'),
  component: lazyRouteComponent(() => import('../features/profiles/person/person-page.tsx'), 'PersonPage'),
});

const segments = createRoute({
  ...under('/segments'),
  component: lazyRouteComponent(() => import('../features/segments/segments-page.tsx'), 'SegmentsPage'),
});
const newSegment = createRoute({
  ...under('/segments/new'),
  component: lazyRouteComponent(() => import('../features/segments/builder/new-segment-page.tsx'), 'NewSegmentPage'),
});
const segment = createRoute({
  ...under('/segments/$segmentId'),
  validateSearch: searchOf('part'),
  component: lazyRouteComponent(() => import('../features/segments/segment/segment-page.tsx'), 'SegmentPage'),
});

const audiences = createRoute({
  ...under('/audiences'),
  component: lazyRouteComponent(() => import('../features/audiences/audiences-page.tsx'), 'AudiencesPage'),
});
const newAudience = createRoute({
  ...under('/audiences/new'),
  component: lazyRouteComponent(() => import('../features/audiences/new-audience-page.tsx'), 'NewAudiencePage'),
});
const audience = createRoute({
  ...under('/audiences/$audienceId'),
  component: lazyRouteComponent(() => import('../features/audiences/audience/audience-page.tsx'), 'AudiencePage'),
});

const events = createRoute({
  ...under('/events'),
  validateSearch: searchOf('part', 'type', 'profileId', 'source', 'startDate', 'endDate', 'event'),
  component: lazyRouteComponent(() => import('../features/events/events-page.tsx'), 'EventsPage'),
});

const analytics = createRoute({
  ...under('/analytics'),
  component: lazyRouteComponent(() => import('../features/analytics/analytics-page.tsx'), 'AnalyticsPage'),
});

const enrichment = createRoute({
  ...under('/enrichment'),
  component: lazyRouteComponent(() => import('../features/enrichment/enrichment-page.tsx'), 'EnrichmentPage'),
});

const privacy = createRoute({
  ...under('/privacy'),
  validateSearch: searchOf('part', 'actor', 'action', 'subject'),
  component: lazyRouteComponent(() => import('../features/privacy/privacy-page.tsx'), 'PrivacyPage'),
});

const settings = createRoute({
  ...under('/settings'),
  validateSearch: searchOf('part'),
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

const pages = [
  start,
  ...([profiles, duplicates, person] as const),
  ...([segments, newSegment, segment] as const),
  ...([audiences, newAudience, audience] as const),
  ...([events, analytics, enrichment, privacy, settings] as const),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(pages),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
