import { beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry, AuditLog } from '../../../core/ports/audit-log.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';

let platform: Platform;
let entries: AuditEntry[];

const openWith = async (append: AuditLog['append']) => {
  entries = [];
  platform = await openPlatform({ overrides: { audit: { append } } });
};
beforeEach(() => openWith(async entry => void entries.push(entry)));

const email = 'canary@example.com';
const create = () => platform.call('createProfile', { body: { email } });

test('the entry is durable before the answer leaves', async () => {
  const order: string[] = [];
  await openWith(async () => {
    order.push('asked');
    await new Promise(resolve => setTimeout(resolve, 20));
    order.push('durable');
  });
  await create().then(() => order.push('answered'));
  expect(order).toEqual(['asked', 'durable', 'answered']);
});

test('where the entry cannot be kept nothing personal is answered', async () => {
  const { data } = await create();
  const fail = () => Promise.reject(new Error(`cannot write about ${email}`));
  const { table } = platform;
  platform = await openPlatform({ table, overrides: { audit: { append: fail } } }).catch(() => platform);
  platform.services.audit.append = fail;
  const answer = await platform.call('getProfile', { params: { id: data.id } });
  expect([answer.status, answer.error.code]).toEqual([500, 'INTERNAL']);
  expect(answer.text).not.toContain('canary');
});

describe('what is on record', () => {
  test('a read of personal data: who, what, whom, which classes, no value', async () => {
    const { data } = await create();
    entries.length = 0;
    await platform.call('getProfile', { params: { id: data.id }, key: platform.keys.read });
    expect(entries).toMatchObject([
      {
        actor: `key-${platform.keys.read.split('_')[2]}`,
        ...{ action: 'getProfile', at: '2026-02-15T12:00:00.000Z', status: 200, subjects: [data.id] },
        requestId: expect.stringMatching(/^\S{8,}$/),
        fieldClasses: expect.arrayContaining(['identifier', 'contact']),
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('canary');
  });

  test('a list: everybody in it', async () => {
    const ids = [(await create()).data.id, (await platform.call('createProfile', { body: {} })).data.id];
    entries.length = 0;
    await platform.call('listProfiles');
    expect(entries[0]?.subjects.toSorted()).toEqual(ids.toSorted());
  });

  test('every change, also without personal data', async () => {
    const { data } = await platform.call('createApiKey', { body: { name: 'Reports' } });
    await platform.call('revokeApiKey', { params: { id: data.id } });
    expect(entries.map(({ action, subjects, status }) => [action, subjects, status])).toEqual([
      ['createApiKey', [data.id], 201],
      ['revokeApiKey', [data.id], 204],
    ]);
  });

  test('neither counts nor events nor refusals', async () => {
    await platform.call('getStats');
    await platform.call('health');
    await platform.call('trackEvent', { body: { type: 'page_view', deviceId: 'device-1' } });
    await platform.call('getProfile', { params: { id: 'nobody' } });
    expect(entries).toEqual([]);
  });
});
