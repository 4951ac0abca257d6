import { expect, test } from 'vitest';
import { startReconciliation } from '../../../core/flows/start-reconciliation.ts';
import { resultOf } from '../../../core/flows/stored-job.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, Loop, type LoopOptions } from '../../fixtures/run-loop.ts';

const idOf = async ({ services }: Loop, customer: string): Promise<string> =>
  (await services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';

/** Thirty customers, of whom the counters of two say something else than their events. */
const withFlaws = async (options?: LoopOptions) => {
  const loop = new Loop(options);
  await loop.fold(Array.from({ length: 30 }, (_, n) => customerEvent(`c${n}`, { amount: n })));
  const broken = [await idOf(loop, 'c7'), await idOf(loop, 'c20')];
  for (const id of broken) {
    const before = await loop.services.profiles.get(id);
    if (!before) throw new Error('nobody is there');
    const counters = { ...before.head.counters, ltv: '1000000' };
    const head = { ...before.head, version: before.head.version + 1, counters };
    await loop.services.profiles.commit({ before, after: { ...before, head } });
  }
  await loop.run();
  const ltvOf = async (id: string) => (await loop.services.profiles.get(id))?.head.counters.ltv;
  const reconcile = async (repair: boolean) => {
    const { id } = await startReconciliation(repair, loop.services);
    await loop.run();
    const job = await loop.services.jobs.get(id);
    const result = job && resultOf(job);
    const tally = result && 'checked' in result ? result : undefined;
    return { status: job?.status, ...tally };
  };
  return { loop, broken, ltvOf, reconcile };
};

test('every profile is checked, those that differ are named, and nothing is changed', async () => {
  const { broken, ltvOf, reconcile } = await withFlaws();
  const { examples = [], ...found } = await reconcile(false);
  expect(found).toEqual({ status: 'completed', checked: 30, different: 2, repaired: 0, incomplete: 0 });
  expect(examples.toSorted()).toEqual(broken.toSorted());
  expect(await ltvOf(broken[0] ?? '')).toBe('1000000');
});

test('a repair keeps what the events come to, and the next look finds nothing', async () => {
  const { broken, ltvOf, reconcile } = await withFlaws();
  expect(await reconcile(true)).toMatchObject({ checked: 30, different: 2, repaired: 2 });
  expect(await Promise.all(broken.map(ltvOf))).toEqual(['7', '20']);
  expect(await reconcile(false)).toMatchObject({ checked: 30, different: 0 });
});

test('every message twice, and all of them once more: nobody is counted twice, and nothing changes any more', async () => {
  const { loop, reconcile } = await withFlaws({ twice: true, seed: 5 });
  expect(await reconcile(true)).toMatchObject({ status: 'completed', checked: 30 });
  const before = loop.contents();
  await loop.redeliverEverything();
  expect(differences(before, loop.contents())).toEqual([]);
});

test('a worker whose time runs out passes on what it has found', async () => {
  const { loop, reconcile } = await withFlaws({
    overrides: ({ profiles }) => ({
      profiles: {
        ...profiles,
        listPartition: async (partition, _limit, after) => {
          loop.clock.advance(15_000);
          return profiles.listPartition(partition, 1, after);
        },
      },
    }),
  });
  expect(await reconcile(false)).toMatchObject({ status: 'completed', checked: 30, different: 2 });
  const passedOn = loop.messages.sent.filter(
    ({ queue, body }) => queue === 'reconcileProfiles' && 'after' in (body as object),
  );
  expect(passedOn.length).toBeGreaterThan(2);
});

test('who goes on while being looked at does not seem to differ, and who is erased is not counted', async () => {
  let looked = 0;
  const { loop, broken, reconcile } = await withFlaws({
    overrides: ({ profiles }) => ({
      profiles: {
        ...profiles,
        history: async state => {
          const kept = await profiles.history(state);
          looked += 1;
          if (looked % 3 === 0) await loop.fold([customerEvent('c1', { amount: looked })]);
          return kept;
        },
      },
    }),
  });
  const erased = await loop.services.profiles.get(broken[0] ?? '');
  if (erased) await loop.services.profiles.erase(erased, loop.clock.at);
  await loop.run();
  expect(await reconcile(false)).toMatchObject({ checked: 29, different: 1, examples: [broken[1]] });
});

test('events that have expired cannot be recomputed, and are told of', async () => {
  const { loop, reconcile } = await withFlaws();
  loop.clock.advance(100 * 86_400_000);
  expect(await reconcile(true)).toMatchObject({ checked: 30, different: 0, repaired: 0, incomplete: 30 });
});

test('a repair tells the snapshot of everybody, also of those who were there before it; a look tells nothing', async () => {
  const { loop, reconcile } = await withFlaws();
  const { snapshotParts, queryEngine } = loop.services;
  await snapshotParts.remove(await snapshotParts.names());
  const shown = async () => {
    const { rows } = await queryEngine.ask(
      (_dialect, { text }) => ({ text: `SELECT count(*) AS people, sum(ltv_cents) AS cents FROM ${text}`, values: [] }),
      20,
    );
    return rows;
  };
  await reconcile(false);
  expect(await shown()).toEqual([{ people: 0, cents: null }]);
  await reconcile(true);
  expect(await shown()).toEqual([{ people: 30, cents: 43_500 }]);
});
