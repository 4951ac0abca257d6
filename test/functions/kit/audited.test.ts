import { beforeEach, describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../../core/flows/list-audit.ts';
import type { AuditLog } from '../../../core/ports/audit-log.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

/** Everything on record, oldest first. */
const entries = async (): Promise<AuditRecord[]> =>
  (await platform.call('listAudit', { query: { limit: 1000 } })).data.items.toReversed();

/** Lets the log do something else in one of its parts. */
const spoil = (part: Partial<AuditLog>): void => {
  Object.assign(platform.services.audit, part);
};

const email = 'canary@example.com';
const create = () => {
  platform.clock.advance(1);
  return platform.call('createProfile', { body: { email } });
};

test('a read is on record before its answer leaves', async () => {
  const { data } = await create();
  const order: string[] = [];
  const { append } = platform.services.audit;
  spoil({
    append: async call => {
      order.push('asked');
      await new Promise(resolve => setTimeout(resolve, 20));
      order.push('durable');
      return append(call);
    },
  });
  await platform.call('getProfile', { params: { id: data.id } }).then(() => order.push('answered'));
  expect(order).toEqual(['asked', 'durable', 'answered']);
});

test('where the entry cannot be kept nothing personal is answered', async () => {
  const { data } = await create();
  spoil({ append: () => Promise.reject(new Error(`cannot write about ${email}`)) });
  const answer = await platform.call('getProfile', { params: { id: data.id } });
  expect([answer.status, answer.error.code]).toEqual([500, 'INTERNAL']);
  expect(answer.text).not.toContain('canary');
});

describe('a change', () => {
  test('does not happen where its entry cannot be kept', async () => {
    const { append } = platform.services.audit;
    spoil({ append: () => Promise.reject(new Error('throttled')) });
    expect((await create()).status).toBe(500);
    spoil({ append });
    expect((await platform.call('listProfiles')).data.items).toEqual([]);
  });

  test('that is interrupted has its entry, which says that nobody knows', async () => {
    spoil({ close: () => new Promise(() => {}) });
    void create();
    await expect.poll(async () => (await platform.call('listProfiles')).data.items.length).toBe(1);
    const entry = (await entries()).find(({ action }) => action === 'createProfile');
    expect(entry).toMatchObject({ action: 'createProfile', outcome: 'unknown' });
    expect(entry).not.toHaveProperty('status');
  });

  test('whose outcome cannot be kept stands all the same', async () => {
    spoil({ close: () => Promise.reject(new Error('throttled')) });
    expect((await create()).status).toBe(201);
    expect((await entries())[0]).toMatchObject({ action: 'createProfile', outcome: 'unknown' });
  });

  test('that was refused says so', async () => {
    await create();
    expect((await create()).status).toBe(409);
    expect((await entries()).map(({ outcome, status }) => [outcome, status])).toEqual([
      ['succeeded', 201],
      ['failed', 409],
    ]);
  });

  test('of what is named by what people are known by is on record without it', async () => {
    const params = { id: 'jane@example.com' };
    expect((await platform.call('deleteProfile', { params })).status).toBe(404);
    const found = await platform.call('listAudit', { query: { subject: 'jane@example.com' } });
    expect(found.data.items).toMatchObject([{ action: 'deleteProfile', subjects: [expect.stringMatching(/^named-/)] }]);
    expect(JSON.stringify(await entries())).not.toContain('jane@');
  });
});

describe('what is on record', () => {
  test('a read of personal data: who, what, whom, which classes, no value', async () => {
    const { data } = await create();
    platform.clock.advance(1);
    await platform.call('getProfile', { params: { id: data.id }, key: platform.keys.read });
    expect((await entries()).slice(1)).toMatchObject([
      {
        actor: `key-${platform.keys.read.split('_')[2]}`,
        ...{ action: 'getProfile', at: '2026-02-15T12:00:00.002Z', status: 200, subjects: [data.id] },
        requestId: expect.stringMatching(/^\S{8,}$/),
        fieldClasses: expect.arrayContaining(['identifier', 'contact']),
      },
    ]);
    expect(JSON.stringify(await entries())).not.toContain('canary');
  });

  test('a list: everybody in it', async () => {
    const ids = [(await create()).data.id, (await platform.call('createProfile', { body: {} })).data.id];
    await platform.call('listProfiles');
    expect((await entries()).find(({ action }) => action === 'listProfiles')?.subjects.toSorted()).toEqual(
      ids.toSorted(),
    );
  });

  test('every change, also without personal data', async () => {
    const { data } = await platform.call('createApiKey', { body: { name: 'Reports' } });
    platform.clock.advance(1);
    await platform.call('revokeApiKey', { params: { id: data.id } });
    expect((await entries()).map(({ action, subjects, status }) => [action, subjects, status])).toEqual([
      ['createApiKey', [data.id], 201],
      ['revokeApiKey', [data.id], 204],
    ]);
  });

  test('neither counts nor events nor refusals', async () => {
    await platform.call('getStats');
    await platform.call('health');
    await platform.call('trackEvent', { body: { type: 'page_view', deviceId: 'device-1' } });
    await platform.call('getProfile', { params: { id: 'nobody' } });
    expect(await entries()).toEqual([]);
  });
});
