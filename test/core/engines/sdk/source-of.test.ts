import { expect, test } from 'vitest';
import { sourceOf } from '../../../../core/engines/sdk/source-of.ts';

test.each([
  [{ channel: 'web' }, {}, false, 'web'],
  [{ channel: 'server' }, {}, true, 'server'],
  [{}, { channel: 'mobile' }, false, 'mobile'],
  [{}, { library: { name: 'analytics.js' } }, false, 'web'],
  [{}, { library: { name: '@segment/analytics-node' } }, false, 'server'],
  [{}, { library: { name: 'analytics-node' } }, false, 'server'],
  [{}, { library: { name: 'RudderLabs JavaScript SDK' } }, false, 'web'],
  [{}, { library: { name: '@jitsu/js', env: 'browser' } }, true, 'web'],
  [{}, { library: { name: '@jitsu/js', env: 'node' } }, false, 'server'],
  [{}, { library: { name: 'analytics-ios' } }, false, 'mobile'],
  [{}, { library: { name: 'analytics-kotlin' } }, false, 'mobile'],
  [{}, { library: { name: 'analytics-react-native' } }, false, 'mobile'],
  [{}, { library: { name: 'analytics-python' } }, false, 'server'],
  [{}, { library: { name: 'analytics-java' } }, false, 'server'],
  [{}, {}, true, 'web'],
  [{ channel: 'constructor' }, {}, false, 'server'],
  [{}, {}, false, 'server'],
  [{ channel: 'sources' }, { library: 'odd' }, false, 'server'],
] as const)('%j with context %j, from a browser: %s → %s', (given, context, fromBrowser, source) => {
  expect(sourceOf({ type: 'track', given, context }, fromBrowser)).toBe(source);
});
