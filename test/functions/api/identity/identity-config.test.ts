import { beforeEach, describe, expect, test } from 'vitest';
import { defaultIdentityConfig } from '../../../../core/model/identity-config.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const change = (body: unknown, headers = {}) => platform.call('updateIdentityConfig', { body, headers });
const minute = 60_000;

test('what holds as long as nobody changed anything is version 0, with the thresholds and weights that are documented', async () => {
  const { data, headers } = await platform.call('getIdentityConfig');
  expect(data).toEqual({ ...defaultIdentityConfig, version: 0 });
  expect(data).toMatchObject({
    ...{ exactMatch: 100, probableMatch: 80, possibleMatch: 60, autoMergeThreshold: 95, manualReviewThreshold: 80 },
    weights: { email: 40, phone: 30, deviceId: 15, customerId: 15 },
  });
  expect(headers.etag).toBe('"0"');
});

test('a change is kept with its version, its time and who made it; what is not named stays', async () => {
  const { data, headers } = await change({ autoMergeThreshold: 97 });
  expect(data).toMatchObject({ autoMergeThreshold: 97, possibleMatch: 60, version: 1 });
  expect(data).toMatchObject({ changedAt: '2026-02-15T12:00:00.000Z', changedBy: expect.stringMatching(/^key-/) });
  expect(headers.etag).toBe('"1"');
  expect((await platform.call('getIdentityConfig')).data).toEqual(data);
});

test('with If-Match a change is refused when somebody else made one since', async () => {
  await change({ autoMergeThreshold: 97 });
  const { status } = await change({ autoMergeThreshold: 98 }, { 'if-match': '"0"' });
  expect(status).toBe(412);
  expect((await platform.call('getIdentityConfig')).data.autoMergeThreshold).toBe(97);
});

test.each([
  [400, 'body.weights.street', { weights: { ...defaultIdentityConfig.weights, street: 1 } }],
  [400, 'body.unknown', { unknown: 1 }],
  [422, 'body.autoMergeThreshold', { autoMergeThreshold: 101 }],
  [422, 'body.manualReviewThreshold', { manualReviewThreshold: 96 }],
  [422, 'body.possibleMatch', { possibleMatch: 85 }],
  [422, 'body.weights', { weights: { email: 0, phone: 0, deviceId: 0, customerId: 0 } }],
  [422, 'body.automaticMergesPerDayMax', { automaticMergesPerDayMax: 0 }],
])('%d for %s', async (expected, path, body) => {
  const { status, error } = await change(body);
  expect([status, error.details[0]?.path]).toEqual([expected, path]);
  expect(await platform.services.identityConfigs.all()).toEqual([]);
});

describe('the fold decides by it within a minute', () => {
  const track = async (identifiers: { type: string; value: string }[]) => {
    await platform.call('trackEvent', { body: { type: 'page_view', identifiers } });
    await platform.foldEvents();
  };
  const ownerOf = async (key: string) => (await platform.services.profiles.ownersOf([key])).get(key);

  test('a value that is blocked tells nobody: an event that names nothing else is kept aside', async () => {
    await change({ blockedValues: ['shared@shop.example'] });
    platform.clock.advance(minute);
    await track([{ type: 'email', value: 'Shared@shop.example' }]);
    expect(await ownerOf('email#shared@shop.example')).toBeUndefined();
    expect((await platform.call('listQuarantine')).data.items).toMatchObject([{ reason: 'no_identifier' }]);
  });

  test('where providers are not heeded, another spelling of an address is somebody else', async () => {
    await track([{ type: 'email', value: 'jane.doe@gmail.com' }]);
    await change({ providerAwareEmail: false });
    platform.clock.advance(minute);
    await track([
      { type: 'email', value: 'janedoe+shop@gmail.com' },
      { type: 'deviceId', value: 'd' },
    ]);
    expect(await ownerOf('deviceId#d')).not.toBe(await ownerOf('email#janedoe@gmail.com'));
  });

  test('a limit of one device sends the second one to somebody new', async () => {
    const { deviceId } = defaultIdentityConfig.identifiers;
    await change({ identifiers: { ...defaultIdentityConfig.identifiers, deviceId: { ...deviceId, max: 1 } } });
    platform.clock.advance(minute);
    await track([
      { type: 'deviceId', value: 'd1' },
      { type: 'anonymousId', value: 'a' },
    ]);
    await track([
      { type: 'deviceId', value: 'd2' },
      { type: 'anonymousId', value: 'a' },
    ]);
    expect(await ownerOf('deviceId#d2')).not.toBe(await ownerOf('deviceId#d1'));
  });
});
