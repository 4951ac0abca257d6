import { expect, test } from 'vitest';
import { sharingRequests } from '../../../core/flows/sharing-requests.ts';
import { ProfileChanged, type ProfileCommit, type ProfileStore } from '../../../core/ports/profile-store.ts';
import { tableProfileStore } from '../../../functions/adapters/stores/table-profile-store.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { creationOf, someTime } from '../../fixtures/profile-states.ts';

/** A store that notes how many were asked at once; it refuses every third commit. */
const noting = () => {
  const asked: string[] = [];
  const inner = tableProfileStore(memoryTable({ now: () => someTime }));
  const store: ProfileStore = {
    ...inner,
    seenMessages: async questions => {
      asked.push(`seen ${questions.length}`);
      return questions.map(({ profile }) => new Map([[profile.id, undefined]]));
    },
    orders: async keys => {
      asked.push(`orders ${keys.length}`);
      return keys.map(() => ({ refunds: [] }));
    },
    commitMany: async commits => {
      asked.push(`commits ${commits.length}`);
      return commits.map((_, index) => (index % 3 === 2 ? new ProfileChanged('third') : undefined));
    },
  };
  return { store, asked };
};

const commits: ProfileCommit[] = Array.from({ length: 6 }, () => creationOf());

test('tasks of different lengths ask together, and each is given its own answer', async () => {
  const { store, asked } = noting();
  const ends = await sharingRequests(commits, store, async (commit, profiles) => {
    const [seen] = await profiles.seenMessages([{ profile: commit.after, events: [] }]);
    if (commits.indexOf(commit) % 2 === 0) await profiles.orders([{ profileId: commit.after.id, orderId: 'order' }]);
    const refusal = await profiles.commit(commit).catch((fault: Error) => fault.message);
    return [seen?.has(commit.after.id), refusal];
  });
  expect(ends.every(([own]) => own)).toBe(true);
  expect(ends.filter(([, refusal]) => refusal === 'third')).toHaveLength(2);
  expect(asked).toEqual(['seen 6', 'orders 3', 'commits 3', 'commits 3']);
});

test('what a task asks at the same time goes out at the same time', async () => {
  const { store, asked } = noting();
  await sharingRequests(commits, store, async ({ after }, profiles) => {
    const profileId = after.id;
    await Promise.all([
      profiles.orders([{ profileId, orderId: 'one' }]),
      profiles.orders([{ profileId, orderId: 'two' }]),
      profiles.seenMessages([{ profile: after, events: [] }]),
    ]);
  });
  expect(asked.sort()).toEqual(['orders 12', 'seen 6']);
});

test('a failure reaches every task that waited for it, and is told when all have ended', async () => {
  const { store } = noting();
  const failing: ProfileStore = {
    ...store,
    orders: async () => {
      throw new Error('throttled');
    },
  };
  const ended: string[] = [];
  const work = sharingRequests(commits, failing, async ({ after }, profiles) => {
    if (after === commits[0]?.after) {
      await profiles.seenMessages([{ profile: after, events: [] }]);
      await profiles.seenMessages([{ profile: after, events: [] }]);
      ended.push('one went on');
      return;
    }
    await profiles.orders([{ profileId: after.id, orderId: 'order' }]).finally(() => ended.push('failed'));
  });
  await expect(work).rejects.toThrow('throttled');
  expect(ended.sort()).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'one went on']);
});

test('nothing to do is done', async () => {
  expect(await sharingRequests([], noting().store, async () => 1)).toEqual([]);
});
