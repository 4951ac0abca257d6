import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Recipient, RecipientStore } from '../../core/ports/recipient-store.ts';
import type { SyncOutcomes } from '../../core/ports/sync-outcomes.ts';
import { partitionOf } from '../../functions/adapters/stores/partition-of.ts';
import { tableRecipientStore } from '../../functions/adapters/stores/table-recipient-store.ts';
import { tableSyncOutcomes } from '../../functions/adapters/stores/table-sync-outcomes.ts';
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
  const opened = async (): Promise<{
    recipients: RecipientStore;
    outcomes: SyncOutcomes;
    lease: Recipient;
    sent: Recipient;
  }> => {
    const table = await open();
    const lease = leaseFor(`profile-${randomUUID()}`, `audience-${randomUUID()}`);
    return {
      recipients: tableRecipientStore(table),
      outcomes: tableSyncOutcomes(table),
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

  const failing = (lease: Recipient, nextAt?: number): Recipient => ({
    ...lease,
    leasedUntil: 1,
    failure: { attempts: 1, error: 'x', ...(nextAt === undefined ? {} : { nextAt }) },
  });
  const keyIn = ({ profileId, audienceId, platform }: Recipient) => ({ profileId, audienceId, platform });

  test('what has failed is taken when it is due, by one, and by the next only after its time', async () => {
    const { recipients, lease } = await opened();
    const partition = partitionOf(lease.profileId, 16);
    const due = async (now: number) => {
      const all = await recipients.takeDue(partition, now, now + 1000, 1000);
      return all.filter(({ profileId }) => profileId === lease.profileId);
    };
    await recipients.lease(lease, undefined);
    expect(await due(5000)).toEqual([]);
    await recipients.settle(failing(lease, 5000), lease);
    expect(await due(4999)).toEqual([]);
    const taken = await Promise.all([due(5000), due(5000), due(5000)]);
    expect(taken.flat()).toEqual([keyIn(lease)]);
    expect(await due(5999)).toEqual([]);
    expect(await due(6000)).toEqual([keyIn(lease)]);
  });

  test('what is delivered at last is due no more, nor has it failed', async () => {
    const { recipients, lease, sent } = await opened();
    const { profileId, audienceId } = lease;
    const partition = partitionOf(profileId, 16);
    await recipients.lease(lease, undefined);
    const failed = failing(lease);
    await recipients.settle(failed, lease);
    expect(await recipients.countFailed(audienceId, 'webhook')).toBe(1);
    expect((await recipients.failedOfPartition(audienceId, 'webhook', partition, 10)).profileIds).toEqual([profileId]);
    const again = { ...failed, leasedUntil: 9000 };
    expect(await recipients.lease(again, failed)).toBe(true);
    expect(await recipients.settle(sent, again)).toBe(true);
    expect(await recipients.countFailed(audienceId, 'webhook')).toBe(0);
    expect(await recipients.count(audienceId, 'webhook')).toBe(1);
  });

  test('the outcome of a delivery is told to the syncs that wait for it, together with its record', async () => {
    const { recipients, outcomes, lease, sent } = await opened();
    const [known, swept] = [`job-${randomUUID()}`, `job-${randomUUID()}`];
    const waiting = { ...lease, syncIds: [known, swept] };
    await outcomes.expect(known, [lease.profileId]);
    await recipients.lease(waiting, undefined);
    expect(await recipients.settle(sent, { ...waiting, leasedUntil: 7 }, 'added')).toBe(false);
    expect((await outcomes.tally(known)).pending).toBe(1);
    expect(await recipients.settle(sent, waiting, 'added')).toBe(true);
    expect((await outcomes.tally(known)).added).toBe(1);
    expect(await outcomes.tally(swept)).toMatchObject({ added: 0, pending: 0 });
    expect(await recipients.ofProfile(lease.profileId)).toEqual([sent]);
  });

  test('a delivery that more syncs wait for than one transaction could tell is told to all of them', async () => {
    const { recipients, outcomes, lease, sent } = await opened();
    const syncIds = Array.from({ length: 120 }, () => `job-${randomUUID()}`);
    for (const syncId of syncIds) await outcomes.expect(syncId, [lease.profileId]);
    const waiting = { ...lease, syncIds };
    await recipients.lease(waiting, undefined);
    expect(await recipients.settle(sent, waiting, 'added')).toBe(true);
    const pending = await Promise.all(syncIds.map(syncId => outcomes.anyPending(syncId)));
    expect(pending.some(Boolean)).toBe(false);
  });

  test('forgetting leaves nothing of what syncs came to, nor of what was due', async () => {
    const { recipients, outcomes, lease } = await opened();
    const syncId = `job-${randomUUID()}`;
    await outcomes.expect(syncId, [lease.profileId]);
    await recipients.lease(lease, undefined);
    const failed = { ...failing(lease), syncIds: [syncId] };
    await recipients.settle(failed, lease);
    expect(await recipients.forget(failed, [syncId])).toBe(true);
    expect(await outcomes.tally(syncId)).toMatchObject({ pending: 0, failed: 0 });
    expect(await recipients.countFailed(lease.audienceId, 'webhook')).toBe(0);
  });
});
