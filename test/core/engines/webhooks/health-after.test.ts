import { expect, test } from 'vitest';
import { healthAfter } from '../../../../core/engines/webhooks/health-after.ts';
import type { StoredWebhook } from '../../../../core/model/stored-webhook.ts';

const at = (day: number) => new Date(Date.UTC(2026, 1, 1 + day));
const webhook: StoredWebhook = {
  id: 'webhook-1',
  version: 1,
  url: 'https://example.com/',
  events: ['job.failed'],
  fields: [],
  fieldPolicy: {},
  active: true,
  secrets: [],
  createdAt: at(0).toISOString(),
  updatedAt: at(0).toISOString(),
};
const failing = { verdict: 'failing' as const, reason: 'the endpoint answered 503' };

test('most answers change nothing', () => {
  expect(healthAfter(webhook, { verdict: 'taken', reason: '' }, at(1))).toBe(webhook);
  const since = healthAfter(webhook, failing, at(1));
  expect(since).toEqual({ ...webhook, failingSince: at(1).toISOString() });
  expect(healthAfter(since, failing, at(5))).toBe(since);
});

test('one message that is taken ends a time of failure', () => {
  const since = healthAfter(webhook, failing, at(1));
  expect(healthAfter(since, { verdict: 'taken', reason: '' }, at(2)).failingSince).toBeUndefined();
});

test('five days of failure switch it off, and 410 does at once', () => {
  const since = healthAfter(webhook, failing, at(1));
  expect(healthAfter(since, failing, at(6))).toMatchObject({
    active: false,
    disabled: { at: at(6).toISOString(), reason: 'took nothing for 5 days; last: the endpoint answered 503' },
  });
  const gone = healthAfter(webhook, { verdict: 'gone', reason: 'the endpoint answered 410' }, at(1));
  expect(gone).toMatchObject({ active: false, disabled: { reason: 'the endpoint answered 410' } });
  expect(healthAfter(gone, failing, at(9))).toBe(gone);
});
