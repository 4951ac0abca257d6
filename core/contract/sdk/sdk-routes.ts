import type { Route } from '../route.ts';

/**
 * What the SDKs of other makers call: at paths of their own, outside the base path, and answered in the form that they
 * expect. What they send is documented by their makers; `docs/sdks.md` tells what becomes of it.
 */
export interface SdkRoute
  extends Pick<Route, 'id' | 'capability' | 'method' | 'scope' | 'summary' | 'bodyBytesMax' | 'description'> {
  /** Whole paths below the host, parameters in braces. All keep their own check of the write key. */
  paths: readonly `/${string}`[];
}

/** What Segment and its heirs allow in one request, after decompression. */
const batchBytesMax = 500 * 1024;

export const takeCalls = {
  id: 'takeCalls',
  capability: 'sdk',
  method: 'POST',
  paths: ['/v1/{call}', '/api/s/{call}', '/api/s/s2s/{call}'],
  scope: 'ingest',
  summary: 'Take calls of SDKs: identify, track, page, screen, group, alias, alone or in a batch',
  bodyBytesMax: batchBytesMax,
} as const satisfies SdkRoute;

export const takeClientMetrics = {
  id: 'takeClientMetrics',
  capability: 'sdk',
  method: 'POST',
  paths: ['/v1/m'],
  scope: 'public',
  summary: 'Let the SDK’s metrics about itself go by',
} as const satisfies SdkRoute;

export const showSegmentSettings = {
  id: 'showSegmentSettings',
  capability: 'sdk',
  method: 'GET',
  paths: ['/v1/projects/{writeKey}/settings'],
  scope: 'public',
  summary: 'Tell a browser with the Segment SDK where to send',
} as const satisfies SdkRoute;

export const showRudderConfig = {
  id: 'showRudderConfig',
  capability: 'sdk',
  method: 'GET',
  paths: ['/sourceConfig'],
  scope: 'public',
  summary: 'Tell a browser with the RudderStack SDK that its source is on',
} as const satisfies SdkRoute;

const declared = [takeCalls, takeClientMetrics, showSegmentSettings, showRudderConfig] as const;

/** The id of a route that SDKs call. */
export type SdkRouteId = (typeof declared)[number]['id'];

/** All of them, in the order in which a browser meets them. */
export const sdkRoutes: readonly SdkRoute[] = declared;
