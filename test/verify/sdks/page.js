/** What a shop's page does with each SDK; bundled for the browser, driven from outside through `window.sdks`. */
import { jitsuAnalytics } from '@jitsu/js';
import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';
import { AnalyticsBrowser } from '@segment/analytics-next';

const inBatches = { strategy: 'batching', config: { size: 10, timeout: 300 } };

const openSegment = async ({ url, writeKey, anonymousId, batching }) => {
  const integrations = batching ? { 'Segment.io': { deliveryStrategy: inBatches } } : {};
  const sdk = AnalyticsBrowser.load({ writeKey, cdnURL: url }, { integrations });
  await sdk;
  await sdk.setAnonymousId(anonymousId);
  return {
    page: (name, properties) => sdk.page(name, properties),
    screen: (name, properties) => sdk.screen(name, properties),
    identify: (userId, traits) => sdk.identify(userId, traits),
    track: (event, properties) => sdk.track(event, properties),
    group: (groupId, traits) => sdk.group(groupId, traits),
    alias: userId => sdk.alias(userId),
  };
};

const openRudder = async ({ url, writeKey, anonymousId, batching }) => {
  const sdk = new RudderAnalytics();
  const queueOptions = batching ? { batch: { enabled: true, maxItems: 10, flushInterval: 300 } } : {};
  sdk.load(writeKey, url, { configUrl: url, logLevel: 'ERROR', queueOptions });
  await new Promise(resolve => sdk.ready(resolve));
  sdk.setAnonymousId(anonymousId);
  return {
    page: (name, properties) => sdk.page(name, properties),
    identify: (userId, traits) => sdk.identify(userId, traits),
    track: (event, properties) => sdk.track(event, properties),
    group: (groupId, traits) => sdk.group(groupId, traits),
    alias: userId => sdk.alias(userId, anonymousId),
  };
};

const openJitsu = async ({ url, writeKey, anonymousId }) => {
  const sdk = jitsuAnalytics({ host: url, writeKey: `${writeKey}:browser` });
  sdk.setAnonymousId(anonymousId);
  return {
    page: (name, properties) => sdk.page(name, properties),
    identify: (userId, traits) => sdk.identify(userId, traits),
    track: (event, properties) => sdk.track(event, properties),
    group: (groupId, traits) => sdk.group(groupId, traits),
  };
};

const opening = { segment: openSegment, rudder: openRudder, jitsu: openJitsu };

/** Opens an SDK and tells which calls it has; the calls are then made by `window.callSdk`. */
window.openSdk = async (name, options) => {
  const sdk = await opening[name](options);
  window.callSdk = async (call, given) => {
    await sdk[call](...given);
  };
  return Object.keys(sdk);
};
