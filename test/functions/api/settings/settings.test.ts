import { beforeEach, describe, expect, test } from 'vitest';
import { settingNames } from '../../../../core/model/setting-table.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const change = (body: unknown, headers = {}) => platform.call('updateSettings', { body, headers });
const shown = async (name: string) => {
  const { items } = (await platform.call('getSettings')).data;
  return items.find(item => item.name === name);
};
const batchOf = (size: number) => ({
  events: Array.from({ length: size }, () => ({ type: 'page_view', deviceId: 'd' })),
});

describe('getSettings', () => {
  test('tells every setting, what it accepts and where its value is from', async () => {
    const { data, headers } = await platform.call('getSettings');
    expect(data.items.map(({ name }) => name)).toEqual(settingNames);
    expect(headers.etag).toBe('"0"');
    expect(await shown('STAGE')).toMatchObject({ value: 'test', source: 'deployment', changeable: false });
    expect(await shown('RATE_LIMIT_PER_MINUTE')).toMatchObject({ value: 1000, source: 'default', changeable: true });
  });
});

describe('updateSettings', () => {
  test('what is changed holds within 60 seconds, and is taken back by null', async () => {
    const { data } = await change({ MAX_BATCH_SIZE: 2 });
    expect(data).toMatchObject({ changedAt: '2026-02-15T12:00:00.000Z', changedBy: expect.stringMatching(/^key-/) });
    expect(await shown('MAX_BATCH_SIZE')).toMatchObject({ value: 2, deployed: 1000, source: 'override' });
    platform.clock.advance(60_000);
    expect((await platform.call('trackEvents', { body: batchOf(3) })).status).toBe(400);
    await change({ MAX_BATCH_SIZE: null });
    platform.clock.advance(60_000);
    expect((await platform.call('trackEvents', { body: batchOf(3) })).status).toBe(202);
    expect(await shown('MAX_BATCH_SIZE')).toMatchObject({ value: 1000, source: 'default' });
  });

  test('what is not named stays as it is', async () => {
    await change({ MAX_BATCH_SIZE: 2 });
    await change({ CACHE_TTL_SECONDS: 10 });
    expect(await shown('MAX_BATCH_SIZE')).toMatchObject({ value: 2 });
  });

  test.each([
    [400, 'body.STAGE', { STAGE: 'prod' }],
    [400, 'body.ACCOUNT_CURRENCY', { ACCOUNT_CURRENCY: 'EUR' }],
    [400, 'body.ENABLE_AUTO_MERGE', { ENABLE_AUTO_MERGE: 'true' }],
    [422, 'body.RATE_LIMIT_PER_MINUTE', { RATE_LIMIT_PER_MINUTE: 0 }],
    [422, 'body.DATA_RETENTION_DAYS', { DATA_RETENTION_DAYS: 40_000 }],
    [422, 'body.GDPR_COMPLIANCE_MODE', { GDPR_COMPLIANCE_MODE: 'relaxed' }],
  ])('%d for %s', async (expected, path, body) => {
    const { status, error } = await change(body);
    expect([status, error.details[0]?.path]).toEqual([expected, path]);
    expect(await platform.services.settingOverrides.all()).toEqual([]);
  });

  test('with If-Match it is refused when somebody else was faster', async () => {
    const first = await change({ MAX_BATCH_SIZE: 2 }, { 'if-match': '"0"' });
    expect(first.headers.etag).toBe('"1"');
    expect((await change({ MAX_BATCH_SIZE: 3 }, { 'if-match': '"0"' })).status).toBe(412);
    expect((await change({ MAX_BATCH_SIZE: 3 }, { 'if-match': '"1"' })).status).toBe(200);
  });

  test('changes at the same time are all kept', async () => {
    await Promise.all([change({ MAX_BATCH_SIZE: 2 }), change({ CACHE_TTL_SECONDS: 3 }), change({ LOG_LEVEL: 'WARN' })]);
    const values = (await platform.services.settingOverrides.all())[0]?.values;
    expect(values).toEqual({ MAX_BATCH_SIZE: 2, CACHE_TTL_SECONDS: 3, LOG_LEVEL: 'WARN' });
  });
});

test('a value that overrides what somebody took back is taken from whoever answers for it only', async () => {
  const body = { CONSENT_MERGE_POLICY: 'permissive' };
  const refused = await platform.call('updateSettings', { body });
  expect([refused.status, refused.error.details[0]?.path]).toEqual([422, 'body.CONSENT_MERGE_POLICY']);
  const taken = await platform.call('updateSettings', { body: { ...body, acknowledgeRisk: true } });
  expect(taken.status).toBe(200);
});
