import { beforeEach, describe, expect, test } from 'vitest';
import { integrationNames } from '../../../../core/model/integration-catalogue.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
const asked: unknown[] = [];
beforeEach(async () => {
  asked.length = 0;
  platform = await openPlatform({
    overrides: {
      integrationProbe: {
        probe: async (...question) => {
          asked.push(question);
          return { ok: false, reason: 'it does not know these credentials (401)' };
        },
      },
    },
  });
});

const configure = (name: string, body: unknown) => platform.call('configureIntegration', { params: { name }, body });
const shown = async (name: string) =>
  (await platform.call('listIntegrations')).data.items.find(item => item.name === name);
const secret = 'pk_canary-of-the-secret';

test('every system of the catalogue is listed, connected or not', async () => {
  const { items } = (await platform.call('listIntegrations')).data;
  expect(items.map(({ name, state }) => [name, state])).toEqual(integrationNames.map(name => [name, 'not_connected']));
});

describe('configureIntegration', () => {
  test('keeps the secret with the secrets, and shows only that it is there', async () => {
    const { status, data, text } = await configure('klaviyo', { secrets: { apiKey: secret } });
    expect([status, data.state]).toEqual([200, 'connected']);
    expect(data.secrets).toEqual([
      { name: 'apiKey', means: expect.any(String), required: true, setAt: '2026-02-15T12:00:00.000Z' },
    ]);
    expect(await platform.services.secretStore.read('klaviyo')).toEqual({ apiKey: secret });
    expect(text + (await platform.call('listIntegrations')).text).not.toContain('canary');
    expect(JSON.stringify(platform.changes)).not.toContain('canary');
  });

  test('what is not named stays as it was', async () => {
    await configure('facebook', { settings: { appId: 'app-1' }, secrets: { appSecret: secret } });
    platform.clock.advance(1000);
    const { data } = await configure('facebook', { secrets: { accessToken: 'token-1' } });
    expect(data.settings).toEqual({ appId: 'app-1' });
    expect(data.secrets.map(({ setAt }) => setAt)).toEqual(['2026-02-15T12:00:00.000Z', '2026-02-15T12:00:01.000Z']);
    expect(await platform.services.secretStore.read('facebook')).toEqual({ appSecret: secret, accessToken: 'token-1' });
  });

  test.each([
    ['klaviyo', {}, 'body.secrets.apiKey'],
    ['klaviyo', { secrets: { apiKey: 'x', password: 'y' } }, 'body.secrets.password'],
    ['facebook', { secrets: { appSecret: 'x' } }, 'body.settings.appId'],
    ['facebook', { settings: { appSecret: 'x' }, secrets: { appSecret: 'x' } }, 'body.settings.appSecret'],
    ['klaviyo', { secrets: { apiKey: 'x', constructor: 'y' } }, 'body.secrets.constructor'],
  ])('refuses %s with %j for %s, and keeps nothing', async (name, body, path) => {
    const { status, error } = await configure(name, body);
    expect([status, error.details[0]?.path]).toEqual([422, path]);
    expect(await platform.services.secretStore.read(name)).toBeUndefined();
  });
});

describe('testIntegration', () => {
  test('asks the system and keeps what it said', async () => {
    await configure('klaviyo', { secrets: { apiKey: secret } });
    const { data } = await platform.call('testIntegration', { params: { name: 'klaviyo' } });
    expect(data).toEqual({ at: '2026-02-15T12:00:00.000Z', ok: false, reason: expect.stringContaining('401') });
    expect(asked).toEqual([['klaviyo', {}, { apiKey: secret }, undefined]]);
    expect(await shown('klaviyo')).toMatchObject({ lastTest: data });
  });

  test('what is not connected cannot be tested', async () => {
    expect((await platform.call('testIntegration', { params: { name: 'google' } })).status).toBe(409);
  });
});

test('disconnectIntegration forgets the secret; a second time changes nothing', async () => {
  await configure('klaviyo', { secrets: { apiKey: secret } });
  const disconnect = () => platform.call('disconnectIntegration', { params: { name: 'klaviyo' } });
  expect([(await disconnect()).status, (await disconnect()).status]).toEqual([204, 204]);
  expect(await platform.services.secretStore.read('klaviyo')).toBeUndefined();
  expect(await shown('klaviyo')).toMatchObject({ state: 'not_connected' });
});
