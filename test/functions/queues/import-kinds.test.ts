import { beforeEach, describe, expect, test } from 'vitest';
import type { ProfileStore } from '../../../core/ports/profile-store.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import { errorsOf, runImport } from '../../fixtures/run-import.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const find = async (customerId: string) => {
  const answer = await platform.call('lookupProfile', { query: { type: 'customerId', value: customerId } });
  return answer.status === 404 ? undefined : answer.data;
};
const ledgerOf = async (customerId: string): Promise<object[]> => {
  const profile = await find(customerId);
  return (await platform.services.profiles.consentLedger(profile?.id ?? '')).map(({ changes }) => changes);
};
const csv = (...lines: string[]): string => `${lines.join('\n')}\n`;

describe('profiles', () => {
  test('rows that contradict each other leave all of what they said in the ledger, and the last one holds', async () => {
    const rows = ['customerId,consent.email,consent.sms', 'ada,yes,no', 'bob,no,', 'ada,no,', 'ada,yes,yes'];
    const told = await runImport(platform, { kind: 'profiles', format: 'csv' }, csv(...rows));
    expect(told.counts).toMatchObject({ accepted: 4, rejected: 0 });
    expect(await ledgerOf('ada')).toEqual([{ email: true, sms: false }, { email: false }, { email: true, sms: true }]);
    expect((await find('ada'))?.consent).toMatchObject({ email: true, sms: true });
    expect(await ledgerOf('bob')).toEqual([{ email: false }]);
  });
});

describe('events', () => {
  test('rows are events as if they had been sent, and come once', async () => {
    const rows = csv(
      'customerId,type,timestamp,messageId,properties.amount,properties.orderId',
      'ada,purchase,2026-02-14T10:00:00Z,m-1,10.50,o-1',
      'ada,purchase,2026-02-14T10:00:00Z,m-1,10.50,o-1',
      'ada,page_view,2026-02-14T11:00:00Z,,,',
      'ada,purchase,not a time,,1,o-2',
    );
    const told = await runImport(platform, { kind: 'events', format: 'csv' }, rows);
    expect(told.counts).toMatchObject({ read: 4, accepted: 2, duplicates: 1, rejected: 1 });
    expect(await errorsOf(platform, told.id)).toContain('not a time');
    await platform.foldEvents();
    expect((await find('ada'))?.computed).toMatchObject({ ltv: 10.5, purchaseCount: 1 });
  });
});

describe('consents', () => {
  test('what contradicts itself in one window is all in the ledger; what was said last holds', async () => {
    const rows = csv(
      'customerId,consent.email,timestamp',
      'ada,yes,2026-02-10T10:00:00Z',
      'ada,no,2026-02-11T10:00:00Z',
      'ada,yes,2026-02-12T10:00:00Z',
      'ada,no,2026-02-13T10:00:00Z',
      'ada,yes,2026-02-14T10:00:00Z',
      'ada,no,2026-02-14T11:00:00Z',
      ',yes,2026-02-14T12:00:00Z',
    );
    const told = await runImport(platform, { kind: 'consents', format: 'csv' }, rows);
    expect(told.counts).toMatchObject({ read: 7, accepted: 6, rejected: 1 });
    await platform.foldEvents();
    const said = [true, false, true, false, true, false].map(email => ({ email }));
    expect(await ledgerOf('ada')).toEqual(said);
    expect((await find('ada'))?.consent).toMatchObject({ email: false });
    const { data } = await platform.call('getTimeline', {
      params: { id: (await find('ada'))?.id ?? '' },
      query: { types: 'consent' },
    });
    expect(data.items.filter(({ kind }) => kind === 'consent')).toHaveLength(6);
  });
});

describe('suppressions', () => {
  const rows = csv(
    'customerId,email,profileId,channels,reason',
    ...Array.from({ length: 40 }, (_, n) => `nobody-${n},,,email;sms,left`),
    ',ada@example.com,,,complaint',
    ',,profile-none,,unknown',
    ',no address,,,broken',
  );

  test('a page of them is looked up and kept together; rows that name nobody are told', async () => {
    await platform.call('createProfile', { body: { customerId: 'ada', email: 'ada@example.com' } });
    const asked = { ownersOf: 0, getMany: 0, get: 0 };
    const { profiles } = platform.services;
    const counting = Object.fromEntries(
      (['ownersOf', 'getMany', 'get'] as const).map(name => [
        name,
        (...given: unknown[]) => {
          asked[name] += 1;
          return (profiles[name] as (...all: unknown[]) => unknown)(...given);
        },
      ]),
    ) as Pick<ProfileStore, 'ownersOf' | 'getMany' | 'get'>;
    Object.defineProperty(platform.services, 'profiles', { value: { ...profiles, ...counting } });
    const told = await runImport(platform, { kind: 'suppressions', format: 'csv' }, rows);
    expect(told.counts).toMatchObject({ read: 43, accepted: 41, rejected: 2 });
    expect(told.errors.map(({ row }) => row)).toEqual([42, 43]);
    expect(asked).toEqual({ ownersOf: 1, getMany: 1, get: 0 });
    const standing = await platform.services.suppressions.of(['customerId#nobody-39', 'email#ada@example.com']);
    expect(standing.get('customerId#nobody-39')).toMatchObject({ email: { reason: 'left' }, sms: { reason: 'left' } });
    expect(standing.get('email#ada@example.com')).toMatchObject({ all: { reason: 'complaint' } });
  });

  test('a dry run keeps none of them', async () => {
    const told = await runImport(platform, { kind: 'suppressions', format: 'csv', dryRun: true }, rows);
    expect(told.counts).toMatchObject({ accepted: 41, rejected: 2 });
    expect(await platform.services.suppressions.of(['customerId#nobody-39'])).toEqual(new Map());
  });
});
