import { expect, test } from 'vitest';
import { webhookFacts } from '../../../../core/flows/webhook-facts.ts';
import { factOf } from '../../../../core/model/fact.ts';
import { signedHeaders } from '../../../../functions/adapters/webhooks/signed-headers.ts';
import { openPlatform, type Platform, type PlatformOptions } from '../../../fixtures/open-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';
import { verifiedAt } from '../../../fixtures/webhook-loop.ts';

const url = 'https://example.com/hooks/cdp';
const body = { url, events: ['job.failed' as const, 'job.failed' as const] };
const given = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

const opened = async (options: PlatformOptions = {}) => {
  const platform = await openPlatform(options);
  const { data } = await platform.call('createWebhook', { body });
  return { platform, webhook: data, params: { id: data.id } };
};

const storedIn = async ({ table }: Platform, id: string) => JSON.stringify(await table.get({ pk: 'WEBHOOKS', sk: id }));

test('a webhook is made with a secret that is shown once and kept sealed', async () => {
  const { platform, webhook, params } = await opened();
  expect(webhook).toMatchObject({ url, events: ['job.failed'], fields: [], active: true });
  expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const shown = [await platform.call('getWebhook', { params }), await platform.call('listWebhooks')];
  for (const { status, text } of shown) {
    expect(status).toBe(200);
    expect(text).not.toMatch(/whsec_|sealed|fieldPolicy/);
  }
  expect(await storedIn(platform, webhook.id)).not.toContain(webhook.secret.slice(6));
});

test('a secret of the receiver’s own is taken; one that is too short is not', async () => {
  const { platform } = await opened();
  const { data } = await platform.call('createWebhook', { body: { ...body, secret: given } });
  expect(data.secret).toBe(given);
  for (const secret of ['whsec_short', 'secret', `whsec_${Buffer.alloc(16, 1).toString('base64')}`]) {
    expect((await platform.call('createWebhook', { body: { ...body, secret } })).status).toBe(422);
  }
});

test('the same request under the same Idempotency-Key makes one webhook, and no answer with its secret is kept', async () => {
  const { platform } = await opened();
  const headers = { 'idempotency-key': 'once' };
  const [first, second] = [
    await platform.call('createWebhook', { body, headers }),
    await platform.call('createWebhook', { body, headers }),
  ];
  expect(second.data).toEqual(first.data);
  expect((await platform.call('listWebhooks')).data.total).toBe(2);
});

test('under a name that was used nobody is told of a webhook, or of a secret, that is not so', async () => {
  const { platform } = await opened();
  const headers = { 'idempotency-key': 'once' };
  const make = (change: object = {}) => platform.call('createWebhook', { body: { ...body, ...change }, headers });
  const { data } = await make();
  const refused = [await make({ secret: given }), await make({ events: ['profile.created'] })];
  await platform.call('rotateWebhook', { params: { id: data.id }, body: {} });
  for (const { status, error } of [...refused, await make()]) {
    expect([status, error.details[0]?.path]).toEqual([422, 'headers.idempotency-key']);
  }
});

test.each([
  ['http://example.com/', 'must be an https address'],
  ['https://10.0.0.1/', 'must not lead to a private address'],
  ['https://169.254.169.254/', 'must not lead to a linkLocal address'],
  ['https://2130706433/', 'must not lead to a loopback address'],
  ['https://localhost/', 'must be a name of the public internet'],
])('%s is refused: it %s, when it is made and when it is changed', async (address, reason) => {
  const { platform, params } = await opened();
  const answers = [
    await platform.call('createWebhook', { body: { ...body, url: address } }),
    await platform.call('updateWebhook', { params, body: { url: address } }),
  ];
  for (const { status, error } of answers) {
    expect([status, error.details]).toEqual([422, [{ path: 'body.url', reason }]]);
  }
});

test('an update changes what it names; switching on again forgets why it was off', async () => {
  const { platform, webhook, params } = await opened();
  const { webhooks } = platform.services;
  const stored = await webhooks.get(webhook.id);
  if (!stored) throw new Error('the webhook is not there');
  const at = '2026-02-15T12:00:00.000Z';
  await webhooks.replace({ ...stored, version: 2, active: false, disabled: { at, reason: 'gone' }, failingSince: at });
  const { data } = await platform.call('updateWebhook', { params, body: { active: true, description: 'Ours' } });
  expect(data).toMatchObject({ active: true, description: 'Ours', url, events: ['job.failed'], version: 3 });
  expect(data).not.toHaveProperty('disabled');
  expect(data).not.toHaveProperty('failingSince');
  const cleared = await platform.call('updateWebhook', { params, body: { description: null } });
  expect(cleared.data).not.toHaveProperty('description');
  const stale = await platform.call('updateWebhook', {
    params,
    body: { active: false },
    headers: { 'if-match': '"1"' },
  });
  expect(stale.status).toBe(412);
});

test('whoever changes address or fields sends what they themselves may read', async () => {
  const { platform, webhook, params } = await opened();
  const policy = async () => (await platform.services.webhooks.get(webhook.id))?.fieldPolicy;
  const fieldPolicy = { contact: 'drop' as const };
  const key = await addKey(platform.services, { scopes: ['admin'], fieldPolicy });
  await platform.call('updateWebhook', { params, key, body: { description: 'not of concern' } });
  expect(await policy()).toEqual({});
  await platform.call('updateWebhook', { params, key, body: { url: 'https://other.example.com/' } });
  expect(await policy()).toEqual(fieldPolicy);
});

test('after a rotation messages verify by both secrets for a day, then by the new one alone', async () => {
  const { platform, webhook, params } = await opened();
  const { data } = await platform.call('rotateWebhook', { params, body: {} });
  expect(data.secret).not.toBe(webhook.secret);
  expect(data.previousSecretUntil).toBe('2026-02-16T12:00:00.000Z');
  const verifies = async (secret: string) => {
    await platform.call('testWebhook', { params });
    const message = platform.outbox.told.at(-1);
    if (!message) throw new Error('nothing was sent');
    return verifiedAt(platform.clock.at, secret, message.body, signedHeaders(message));
  };
  expect([await verifies(webhook.secret), await verifies(data.secret)]).toEqual([true, true]);
  platform.clock.advance(86_400_000);
  expect([await verifies(webhook.secret), await verifies(data.secret)]).toEqual([false, true]);
});

test('a rotation that comes again changes nothing, and one that is over is refused', async () => {
  const { platform, params } = await opened();
  const rotate = (key: string) =>
    platform.call('rotateWebhook', { params, body: {}, headers: { 'idempotency-key': key } });
  const first = await rotate('a');
  expect((await rotate('a')).data).toEqual(first.data);
  await rotate('b');
  const { status, error } = await rotate('a');
  expect([status, error.details[0]?.path]).toEqual([422, 'headers.idempotency-key']);
});

test('of two rotations at the same moment one is told to try again', async () => {
  const { platform, params } = await opened();
  const both = await Promise.all([1, 2].map(() => platform.call('rotateWebhook', { params, body: {} })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test.each([
  [{ status: 200 }, 'delivered', { status: 200 }],
  [{ status: 500 }, 'failed', { status: 500 }],
  [{ error: 'nobody answers' }, 'failed', { error: 'nobody answers' }],
])('a test message tells what came of it, and is listed: %j', async (answer, state, attempt) => {
  const { platform, params } = await opened({ overrides: { webhookSender: { send: async () => answer } } });
  const { status, data } = await platform.call('testWebhook', { params });
  expect(status).toBe(200);
  expect(data).toMatchObject({ type: 'webhook.test', state, tries: 1, attempts: [{ ...attempt, latencyMs: 0 }] });
  expect((await platform.call('listWebhookDeliveries', { params })).data.items).toEqual([data]);
});

const delivered = async () => {
  const setup = await opened();
  const { deliveries, now } = setup.platform.services;
  const at = now().toISOString();
  const fact = factOf({
    type: 'job.failed',
    subject: 'job-1',
    sequence: '1',
    at: now().getTime(),
    data: { jobId: 'job-1' },
  });
  const times = { createdAt: at, updatedAt: at };
  const told = { webhookId: setup.webhook.id, fact, version: 1, tries: 1, attempts: [], leasedUntil: 0, ...times };
  await deliveries.keep({ ...told, state: 'delivered' }, undefined);
  return { ...setup, fact };
};

test('a delivery that is replayed is due at once, and handed to its queue under its id', async () => {
  const { platform, params, fact } = await delivered();
  const { status, data } = await platform.call('replayWebhookDelivery', { params: { ...params, deliveryId: fact.id } });
  expect(status).toBe(202);
  expect(data).toMatchObject({ id: fact.id, state: 'waiting', tries: 0, nextAt: '2026-02-15T12:00:00.000Z' });
  expect(platform.outbox.sent.deliverWebhook).toEqual([{ webhookId: params.id, fact }]);
});

test('a replay of nothing is 404, and one to a webhook that is off is refused', async () => {
  const { platform, params, fact } = await delivered();
  const replay = (deliveryId: string) => platform.call('replayWebhookDelivery', { params: { ...params, deliveryId } });
  expect((await replay('job-failed_job-2_1')).status).toBe(404);
  await platform.call('updateWebhook', { params, body: { active: false } });
  expect((await replay(fact.id)).status).toBe(409);
});

test('a webhook that was deleted is gone, and its deliveries are not shown', async () => {
  const { platform, params } = await opened();
  expect((await platform.call('deleteWebhook', { params })).status).toBe(204);
  for (const id of ['getWebhook', 'deleteWebhook', 'listWebhookDeliveries', 'testWebhook'] as const) {
    expect((await platform.call(id, { params })).status).toBe(404);
  }
});

test('switching it off by hand is no notice', async () => {
  const { platform, params } = await opened();
  await platform.call('updateWebhook', { params, body: { active: false } });
  expect(webhookFacts(platform.services.commitsIn(platform.changes))).toEqual([]);
});
