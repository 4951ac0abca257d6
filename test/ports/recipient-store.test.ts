import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Recipient, RecipientStore } from '../../core/ports/recipient-store.ts';
import { tableRecipientStore } from '../../functions/adapters/stores/table-recipient-store.ts';
import { tableKinds } from './table-kinds.ts';

const leaseFor = (profileId: string, audienceId: string, more: Partial<Recipient> = {}): Recipient => ({
  profileId,
  audienceId,
  platform: 'webhook',
  state: 'sending',
  operation: 'add',
  row: 1,
  digest: 'd1',
  leasedUntil: 1000,
  updatedAt: '2026-02-15T12:00:00.000Z',
  ...more,
});

describe.each(tableKinds)('recipients $name', ({ open }) => {
  const opened = async (): Promise<{ recipients: RecipientStore; lease: Recipient; sent: Recipient }> => {
    const lease = leaseFor(`profile-${randomUUID()}`, `audience-${randomUUID()}`);
    return {
      recipients: tableRecipientStore(await open()),
      lease,
      sent: { ...lease, state: 'sent', leasedUntil: 0 },
    };
  };

  test('of many who want to send to someone new one gets the right', async () => {
    const { recipients, lease } = await opened();
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, index) => recipients.lease({ ...lease, leasedUntil: index }, undefined)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('the right is refused to whoever has read something else than what stands', async () => {
    const { recipients, lease, sent } = await opened();
    await recipients.lease(lease, undefined);
    await recipients.settle(sent, lease);
    const next = { ...lease, operation: 'remove' as const, row: 2, leasedUntil: 2000 };
    for (const read of [undefined, lease, { ...sent, row: 7 }, { ...sent, leasedUntil: 1 }]) {
      expect(await recipients.lease(next, read)).toBe(false);
    }
    expect(await recipients.lease(next, sent)).toBe(true);
    expect(await recipients.ofProfile(lease.profileId)).toEqual([next]);
  });

  test('who has lost the right to somebody else records nothing', async () => {
    const { recipients, lease, sent } = await opened();
    await recipients.lease(lease, undefined);
    const taken = { ...lease, leasedUntil: 5000 };
    expect(await recipients.lease(taken, lease)).toBe(true);
    expect(await recipients.settle(sent, lease)).toBe(false);
    expect(await recipients.forget(lease)).toBe(false);
    expect(await recipients.ofProfile(lease.profileId)).toEqual([taken]);
    expect(await recipients.settle(sent, taken)).toBe(true);
  });

  test('whoever is held, or may be, is listed and counted; whoever was removed is known, but not listed', async () => {
    const { recipients, lease, sent } = await opened();
    const { profileId, audienceId } = lease;
    const listed = async () => {
      const pages = await Promise.all(
        Array.from({ length: 16 }, (_, partition) => recipients.ofPartition(audienceId, 'webhook', partition, 10)),
      );
      return pages.flatMap(({ profileIds }) => profileIds);
    };
    await recipients.lease(lease, undefined);
    expect(await listed()).toEqual([profileId]);
    await recipients.settle(sent, lease);
    expect(await listed()).toEqual([profileId]);
    expect(await recipients.count(audienceId, 'webhook')).toBe(1);
    const removed = { ...sent, state: 'removed' as const, row: 2 };
    await recipients.settle(removed, sent);
    expect(await listed()).toEqual([]);
    expect(await recipients.count(audienceId, 'webhook')).toBe(0);
    expect(await recipients.ofAudience(audienceId, 'webhook', [profileId, 'profile-none'])).toEqual([removed]);
  });

  test('what is forgotten is gone; forgetting it again changes nothing', async () => {
    const { recipients, lease } = await opened();
    await recipients.lease(lease, undefined);
    expect(await recipients.forget(lease)).toBe(true);
    expect(await recipients.forget(lease)).toBe(false);
    expect(await recipients.ofProfile(lease.profileId)).toEqual([]);
  });

  test('what different destinations hold of one person is kept apart', async () => {
    const { recipients, lease } = await opened();
    const other = leaseFor(lease.profileId, `audience-${randomUUID()}`);
    await recipients.lease(lease, undefined);
    await recipients.lease(other, undefined);
    expect(await recipients.ofProfile(lease.profileId)).toHaveLength(2);
    expect(await recipients.ofAudience(other.audienceId, 'webhook', [lease.profileId])).toEqual([other]);
  });
});
