/** What `@segment/analytics-next` asks for before it sends anything: that it is to send to this host, and nothing else. */
export const segmentSettings = (
  writeKey: string,
  { host, protocol }: { host: string; protocol: 'http' | 'https' },
) => ({
  integrations: {
    'Segment.io': {
      apiKey: writeKey,
      apiHost: `${host}/v1`,
      protocol,
      addBundledMetadata: true,
      unbundledIntegrations: [],
      versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
    },
  },
  plan: { track: { __default: { enabled: true, integrations: {} } }, identify: { __default: { enabled: true } } },
  edgeFunction: {},
  analyticsNextEnabled: true,
  middlewareSettings: {},
  enabledMiddleware: {},
  metrics: { sampleRate: 0 },
  legacyVideoPluginsEnabled: false,
  remotePlugins: [],
});

/** What `@rudderstack/analytics-js` asks for: a source that is on, reports nothing to its maker, and has no plugins. */
export const rudderConfig = (writeKey: string, sourceId: string) => ({
  source: {
    id: sourceId,
    name: sourceId,
    writeKey,
    enabled: true,
    workspaceId: 'cdp',
    config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    sourceDefinition: { name: 'Javascript', category: null },
    destinations: [],
    connections: [],
    dataplanes: {},
  },
});
