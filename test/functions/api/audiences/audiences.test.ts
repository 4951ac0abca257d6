import { expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

const rules = { operator: 'AND' as const, conditions: [{ field: 'computed.ltv', operator: '>' as const, value: 5 }] };
const webhook = { url: 'https://example.com/hook' };

const opened = async () => {
  const platform = await openPlatform();
  const { data } = await platform.call('createSegment', { body: { name: 'Spenders', type: 'rule-based', rules } });
  return { platform, segmentId: data.id };
};

const bodyOf = (segmentId: string, more: object = {}) => ({
  name: 'Spenders',
  segmentIds: [segmentId],
  platforms: ['webhook'],
  config: { webhook },
  ...more,
});

const create = async (platform: Platform, body: object) => platform.call('createAudience', { body: body as never });

test('the signing secret is shown once, and consent to e-mail is asked for unless told otherwise', async () => {
  const { platform, segmentId } = await opened();
  const { status, data } = await create(platform, bodyOf(segmentId));
  expect(status).toBe(201);
  expect(data.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(data).toMatchObject({ config: { webhook: { ...webhook, requiredConsent: ['email'] } }, syncs: [] });
  expect(data.warnings).toBeUndefined();
  const { items } = (await platform.call('listAudiences')).data;
  expect(items).toHaveLength(1);
  expect(JSON.stringify(items)).not.toContain('whsec_');
});

test('every audience has a secret of its own', async () => {
  const { platform, segmentId } = await opened();
  const secrets = [await create(platform, bodyOf(segmentId)), await create(platform, bodyOf(segmentId))];
  expect(new Set(secrets.map(({ data }) => data.signingSecret)).size).toBe(2);
});

test('segments that do not exist are named', async () => {
  const { platform, segmentId } = await opened();
  const answer = await create(platform, bodyOf(segmentId, { segmentIds: [segmentId, 'segment-none'] }));
  expect(answer.status).toBe(404);
  expect(answer.body).toMatchObject({ error: { details: [{ path: 'body.segmentIds.1' }] } });
  expect((await platform.call('listAudiences')).data.items).toEqual([]);
});

test.each([
  ['http://example.com/hook', 'must be an https address'],
  ['https://example.com:8443/hook', 'must use port 443'],
  ['https://user:word@example.com/hook', 'must not carry a user name or password'],
])('the address %s is refused: it %s', async (url, reason) => {
  const { platform, segmentId } = await opened();
  const answer = await create(platform, bodyOf(segmentId, { config: { webhook: { url } } }));
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ error: { details: [{ path: 'body.config.webhook.url', reason }] } });
});

test.each([
  ['a platform that there is not', { platforms: ['pigeon'] }],
  ['no platform', { platforms: [] }],
  ['no segment', { segmentIds: [] }],
  ['an address that is none', { config: { webhook: { url: 'example' } } }],
  ['no required consent', { config: { webhook: { ...webhook, requiredConsent: [] } } }],
  ['an unknown setting', { config: { webhook: { ...webhook, secret: 'x' } } }],
])('%s is refused', async (_what, more) => {
  const { platform, segmentId } = await opened();
  expect([400, 422]).toContain((await create(platform, bodyOf(segmentId, more))).status);
});

test('a platform without config is a warning, and refused at activation', async () => {
  const { platform, segmentId } = await opened();
  const { status, data } = await create(platform, bodyOf(segmentId, { config: {} }));
  expect(status).toBe(201);
  expect(data.warnings).toMatchObject([{ code: 'CONFIG_MISSING' }]);
  const activation = await platform.call('activateAudience', {
    params: { id: data.id },
    body: { platform: 'webhook' },
  });
  expect(activation.status).toBe(422);
  expect(activation.body).toMatchObject({ error: { details: [{ path: 'body.platform' }] } });
});

test('a platform that is not connected yet can be named, with a warning, and is refused at activation', async () => {
  const { platform, segmentId } = await opened();
  const config = { facebook: { customAudienceId: '12345678', adAccountId: 'act_123456' } };
  const { status, data } = await create(platform, bodyOf(segmentId, { platforms: ['facebook', 'google'], config }));
  expect(status).toBe(201);
  expect(data.warnings).toMatchObject([
    { code: 'NOT_CONNECTED', message: 'facebook is not connected yet' },
    { code: 'CONFIG_MISSING', message: 'config.google is needed for activation' },
    { code: 'NOT_CONNECTED', message: 'google is not connected yet' },
  ]);
  expect(data).not.toHaveProperty('signingSecret');
  const params = { id: data.id };
  const activation = await platform.call('activateAudience', { params, body: { platform: 'facebook' } });
  expect(activation.status).toBe(422);
  expect(activation.body).toMatchObject({
    error: { details: [{ path: 'body.platform', reason: 'is not connected yet' }] },
  });
});

test('activating an unknown audience is 404', async () => {
  const { platform } = await opened();
  const params = { id: 'audience-none' };
  expect((await platform.call('activateAudience', { params, body: { platform: 'webhook' } })).status).toBe(404);
});

/** An audience of three members: one who agreed, one who was never asked, one who cannot be told from others. */
const withMembers = async () => {
  const { platform, segmentId } = await opened();
  const bodies = [
    { email: 'yes@example.com', consent: { email: true } },
    { email: 'never@example.com' },
    { externalIds: { deviceIds: ['device-1'] }, consent: { email: true } },
  ];
  for (const body of bodies) {
    const { data } = await platform.call('createProfile', { body });
    const stay = { member: true, enteredAt: '2026-02-15T12:00:00.000Z', profileVersion: 1, segmentVersion: 1 };
    await platform.services.memberships.decide({ profileId: data.id, segmentId, ...stay }, undefined);
  }
  const { data: audience } = await create(platform, bodyOf(segmentId));
  return { platform, audience };
};

test('an activation tells exactly whom it will send, and why it leaves out the others', async () => {
  const { platform, audience } = await withMembers();
  const { status, data } = await platform.call('activateAudience', {
    params: { id: audience.id },
    body: { platform: 'webhook' },
  });
  expect(status).toBe(202);
  expect(data.planned).toEqual({
    add: 1,
    remove: 0,
    skipped: { consent: 1, suppressed: 0, noIdentifier: 1, lowConfidence: 0, holdout: 0 },
  });
  const job = await platform.call('getJob', { params: { id: data.syncId ?? '' } });
  expect(job.data).toMatchObject({ kind: 'audience.sync', subjectId: audience.id, status: 'running' });
  expect((await platform.call('listAudiences')).data.items[0]?.syncs).toEqual([
    {
      platform: 'webhook',
      active: true,
      operation: 'add',
      syncId: data.syncId,
      activatedAt: '2026-02-15T12:00:00.000Z',
    },
  ]);
});

test('a dry run plans the same and changes nothing', async () => {
  const { platform, audience } = await withMembers();
  const before = platform.changes.length;
  const { data } = await platform.call('activateAudience', {
    params: { id: audience.id },
    body: { platform: 'webhook', operation: 'replace', dryRun: true },
  });
  expect(data).toEqual({
    planned: {
      add: 1,
      remove: 0,
      skipped: { consent: 1, suppressed: 0, noIdentifier: 1, lowConfidence: 0, holdout: 0 },
    },
  });
  const written = platform.changes.slice(before).flatMap(({ after }) => after?.pk ?? []);
  expect(written.filter(pk => !pk.startsWith('AUDIT#'))).toEqual([]);
});

test('of two activations at the same moment one is told to try again', async () => {
  const { platform, audience } = await withMembers();
  const activate = () =>
    platform.call('activateAudience', { params: { id: audience.id }, body: { platform: 'webhook' } });
  const statuses = (await Promise.all([activate(), activate(), activate()])).map(({ status }) => status).sort();
  expect(statuses[0]).toBe(202);
  expect(statuses.slice(1).every(status => status === 202 || status === 409)).toBe(true);
  const syncs = (await platform.call('listAudiences')).data.items[0]?.syncs ?? [];
  expect(syncs).toHaveLength(1);
});
