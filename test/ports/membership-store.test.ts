import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { blankProfile } from '../../core/engines/profiles/commit-events.ts';
import type { Membership, MembershipStore } from '../../core/ports/membership-store.ts';
import type { ProfileStore } from '../../core/ports/profile-store.ts';
import { headItem } from '../../functions/adapters/stores/profile-items.ts';
import { tableMembershipStore } from '../../functions/adapters/stores/table-membership-store.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { tableKinds } from './table-kinds.ts';

const at = (minute: number): string => `2026-02-15T12:${String(minute).padStart(2, '0')}:00.000Z`;

interface Opened {
  memberships: MembershipStore;
  profiles: ProfileStore;
  segmentId: string;
  /** Makes a live profile at a version. */
  live(version?: number): Promise<string>;
}

describe.each(tableKinds)('memberships $name', ({ open }) => {
  const opened = async (): Promise<Opened> => {
    const table = await open();
    return {
      memberships: tableMembershipStore(table),
      profiles: tableProfileStore(table),
      segmentId: `segment-${randomUUID()}`,
      live: async (version = 1) => {
        const id = `profile-${randomUUID()}`;
        const { head } = blankProfile(id, Date.parse(at(0)));
        await table.write({ kind: 'put', item: headItem(id, { ...head, version }) });
        return id;
      },
    };
  };
  const entered = (profileId: string, segmentId: string, minute = 1): Membership => ({
    profileId,
    segmentId,
    member: true,
    enteredAt: at(minute),
    profileVersion: 1,
    segmentVersion: 1,
  });

  test('a decision is kept as it was made, and the member is listed and counted', async () => {
    const { memberships, segmentId, live } = await opened();
    const decision = entered(await live(), segmentId);
    expect(await memberships.decide(decision, undefined)).toBe(true);
    expect(await memberships.ofProfile(decision.profileId)).toEqual([decision]);
    expect(await memberships.ofSegment(segmentId, [decision.profileId, 'profile-none'])).toEqual([decision]);
    expect((await memberships.members(segmentId, 10)).members).toEqual([
      { profileId: decision.profileId, enteredAt: decision.enteredAt },
    ]);
    expect(await memberships.count(segmentId)).toBe(1);
  });

  test('a stay that ends is kept, told of the profile and of the segment, and goes with the membership', async () => {
    const { memberships, segmentId, live } = await opened();
    const first = entered(await live(), segmentId);
    await memberships.decide(first, undefined);
    const left = { ...first, member: false, exitedAt: at(3) };
    await memberships.decide(left, first);
    const again = { ...left, member: true, enteredAt: at(5) };
    await memberships.decide(again, left);
    const stay = { profileId: first.profileId, segmentId, enteredAt: at(1), exitedAt: at(3) };
    expect(await memberships.pastStays(first.profileId)).toEqual([stay]);
    expect(await memberships.exitedSince(segmentId, at(3))).toEqual([stay]);
    expect(await memberships.exitedSince(segmentId, at(4))).toEqual([]);
    const member = { profileId: first.profileId, enteredAt: at(5) };
    expect(await memberships.enteredBetween(segmentId, at(5), at(5))).toEqual([member]);
    expect(await memberships.enteredBetween(segmentId, at(6))).toEqual([]);
    expect(await memberships.enteredBetween(segmentId, undefined, at(4))).toEqual([]);
    expect(await memberships.clear(again)).toBe(true);
    expect(await memberships.pastStays(first.profileId)).toEqual([]);
    expect(await memberships.exitedSince(segmentId, at(0))).toEqual([]);
  });

  test('whoever left is known, but neither listed nor counted', async () => {
    const { memberships, segmentId, live } = await opened();
    const decision = entered(await live(), segmentId);
    await memberships.decide(decision, undefined);
    const left = { ...decision, member: false, exitedAt: at(2) };
    expect(await memberships.decide(left, decision)).toBe(true);
    expect(await memberships.ofProfile(decision.profileId)).toEqual([left]);
    expect(await memberships.count(segmentId)).toBe(0);
  });

  test('a decision about a version that the profile no longer has, or not yet, is refused', async () => {
    const { memberships, segmentId, live } = await opened();
    const profileId = await live(5);
    for (const profileVersion of [4, 6]) {
      const decision = { ...entered(profileId, segmentId), profileVersion };
      expect(await memberships.decide(decision, undefined)).toBe(false);
    }
    expect(await memberships.ofProfile(profileId)).toEqual([]);
  });

  test('a decision against something else than what stands is refused', async () => {
    const { memberships, segmentId, live } = await opened();
    const decision = entered(await live(), segmentId);
    await memberships.decide(decision, undefined);
    const left = { ...decision, member: false, exitedAt: at(2) };
    expect(await memberships.decide(left, undefined)).toBe(false);
    expect(await memberships.decide(left, { ...decision, segmentVersion: 2 })).toBe(false);
    expect(await memberships.decide(left, { ...decision, profileVersion: 7 })).toBe(false);
    expect(await memberships.ofProfile(decision.profileId)).toEqual([decision]);
  });

  test('nothing is decided about a profile that was erased or never was', async () => {
    const { memberships, profiles, segmentId, live } = await opened();
    const profileId = await live();
    const state = await profiles.get(profileId);
    if (state) await profiles.erase(state, Date.parse(at(1)));
    for (const profileVersion of [1, 2]) {
      expect(await memberships.decide({ ...entered(profileId, segmentId), profileVersion }, undefined)).toBe(false);
    }
    expect(await memberships.decide(entered('profile-none', segmentId), undefined)).toBe(false);
    expect(await memberships.count(segmentId)).toBe(0);
  });

  test('of many who decide the same at the same time one is heard', async () => {
    const { memberships, segmentId, live } = await opened();
    const decision = entered(await live(), segmentId);
    const heard = await Promise.all(Array.from({ length: 8 }, () => memberships.decide(decision, undefined)));
    expect(heard.filter(Boolean)).toHaveLength(1);
  });

  test('members are listed who entered last first, by cursor and by offset, each once', async () => {
    const { memberships, segmentId, live } = await opened();
    const ids: string[] = [];
    for (let minute = 0; minute < 23; minute += 1) {
      const profileId = await live();
      ids.unshift(profileId);
      await memberships.decide(entered(profileId, segmentId, minute), undefined);
    }
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await memberships.members(segmentId, 5, cursor);
      walked.push(...page.members.map(({ profileId }) => profileId));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(walked).toEqual(ids);
    const offset = await memberships.members(segmentId, 4, undefined, 20);
    expect(offset.members.map(({ profileId }) => profileId)).toEqual(ids.slice(20));
    expect(offset.next).toBeUndefined();
  });

  test('the partitions together hold every member once', async () => {
    const { memberships, segmentId, live } = await opened();
    const ids = await Promise.all(Array.from({ length: 40 }, () => live()));
    for (const profileId of ids) await memberships.decide(entered(profileId, segmentId), undefined);
    const walked: string[] = [];
    for (let partition = 0; partition < 16; partition += 1) {
      let after: string | undefined;
      do {
        const page = await memberships.membersOfPartition(segmentId, partition, 2, after);
        walked.push(...page.members.map(({ profileId }) => profileId));
        after = page.next;
      } while (after !== undefined);
    }
    expect(walked.sort()).toEqual([...ids].sort());
  });
});
