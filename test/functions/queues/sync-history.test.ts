import { expect, test } from 'vitest';
import { cancelJob } from '../../../core/flows/cancel-job.ts';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { openAudienceLoop, spenders } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import type { LoopOptions } from '../../fixtures/run-loop.ts';

const noon = '2026-02-15T12:00:00.000Z';
const nobody = {
  pending: 0,
  added: 0,
  removed: 0,
  unchanged: 0,
  failed: 0,
  consent: 0,
  suppressed: 0,
  noIdentifier: 0,
  lowConfidence: 0,
  holdout: 0,
};
const seeds = Array.from({ length: 8 }, (_, seed) => seed);

const opened = async (options: LoopOptions = {}) => {
  const setup = await openAudienceLoop({ realTimeSync: false, ...options });
  await setup.loop.fold(spenders(['a', 'b', 'c', 'd', 'e']));
  await setup.loop.run();
  return setup;
};

test.each(seeds)('everybody counts once in what they came to, however often messages come (seed %i)', async seed => {
  const { loop, activate, sync } = await opened({ seed, twice: seed % 2 === 0 });
  const first = await activate();
  await loop.run();
  expect(await sync(first.syncId)).toMatchObject({ status: 'completed', tally: { ...nobody, added: 3, consent: 2 } });
  await loop.fold([
    customerEvent('b', { consent: { email: true }, at: noon }),
    customerEvent('c', { consent: { email: false }, at: noon }),
  ]);
  await loop.run();
  const second = await activate('replace');
  await loop.run();
  const expected = { ...nobody, added: 1, unchanged: 2, consent: 2 };
  expect(await sync(second.syncId)).toMatchObject({ status: 'completed', operation: 'replace', tally: expected });
  const third = await activate('remove');
  await loop.run();
  expect(await sync(third.syncId)).toMatchObject({ status: 'completed', tally: { ...nobody, removed: 3 } });
  await loop.redeliverEverything();
  expect((await sync(first.syncId)).tally).toEqual({ ...nobody, added: 3, consent: 2 });
  expect(await loop.services.outcomes.tally(second.syncId ?? '')).toEqual(expected);
});

/** What a sync comes to, with faults in what writes. */
const tallyAfterCrashes = async (overrides: LoopOptions['overrides']) => {
  const { loop, activate, sync, pass } = await opened(overrides ? { overrides } : {});
  const { syncId } = await activate();
  await loop.run();
  await pass(1);
  return (await sync(syncId)).tally;
};

test('a crash between the delivery and its record: whoever was sent counts as added, once', async () => {
  let crashes = 2;
  const tally = await tallyAfterCrashes(({ recipients }) => ({
    recipients: {
      ...recipients,
      settle: async (...given) => {
        if (crashes-- > 0) throw new Error('killed');
        return recipients.settle(...given);
      },
    },
  }));
  expect(tally).toEqual({ ...nobody, added: 3, consent: 2 });
});

test('an answer of the table that is lost after the record was written: counted once', async () => {
  let lost = 2;
  const tally = await tallyAfterCrashes(({ recipients }) => ({
    recipients: {
      ...recipients,
      settle: async (...given) => {
        const settled = await recipients.settle(...given);
        if (lost-- > 0) throw new Error('the answer was lost');
        return settled;
      },
    },
  }));
  expect(tally).toEqual({ ...nobody, added: 3, consent: 2 });
});

test('control: an outcome that is written by itself after the record is lost with a crash between the two', async () => {
  let crashes = 2;
  const tally = await tallyAfterCrashes(({ recipients, outcomes }) => ({
    recipients: {
      ...recipients,
      settle: async (recipient, leased, outcome) => {
        const settled = await recipients.settle(recipient, leased);
        if (crashes-- > 0) throw new Error('killed');
        for (const syncId of leased.syncIds ?? [])
          if (outcome) await outcomes.settle(syncId, leased.profileId, outcome);
        return settled;
      },
    },
  }));
  expect(tally).not.toEqual({ ...nobody, added: 3, consent: 2 });
});

test('a sync that takes the place of another counts everybody, whoever was queued before', async () => {
  const { loop, activate, sync } = await opened({ seed: 3, twice: true });
  const [first, second] = [await activate('add'), await activate('replace')];
  await loop.run();
  const { added = 0, unchanged = 0, consent } = (await sync(second.syncId)).tally ?? {};
  expect([added + unchanged, consent]).toEqual([3, 2]);
  expect(await sync(first.syncId)).toMatchObject({ status: 'cancelled', error: 'another sync has taken its place' });
});

test('a sync that was cancelled stays so, and tells what it came to', async () => {
  const { loop, activate, sync } = await opened();
  const { syncId = '' } = await activate();
  await cancelJob(syncId, loop.services);
  await loop.run();
  await loop.tick();
  await loop.run();
  expect(await sync(syncId)).toMatchObject({ status: 'cancelled', tally: nobody });
});

test('who is erased while a sync waits for them holds it up no longer', async () => {
  const { loop, activate, sync, pass, idOf } = await opened({ realTimeSync: true });
  loop.receiver.faults = ['unreachable'];
  const { syncId } = await activate();
  await loop.run();
  expect((await sync(syncId)).status).toBe('running');
  await eraseProfile(await idOf('a'), loop.services);
  await loop.run();
  await pass(1);
  expect(await sync(syncId)).toMatchObject({ status: 'completed', tally: { ...nobody, added: 2, consent: 2 } });
});

/** A list index that shows nobody pending at two moments far apart, and between them somebody who is. */
test('a moment without anybody pending counts only while it lasts', async () => {
  const shown = [false, true];
  const { loop, activate, sync, pass } = await opened({
    overrides: ({ outcomes }) => ({
      outcomes: { ...outcomes, anyPending: async syncId => shown.shift() ?? outcomes.anyPending(syncId) },
    }),
  });
  loop.receiver.fault = 'unreachable';
  const { syncId } = await activate();
  await loop.run();
  expect(await sync(syncId)).toMatchObject({ status: 'running', pending: { '0 closing': '' } });
  expect(await sync(syncId)).not.toHaveProperty('quietAt');
  loop.receiver.fault = undefined;
  await pass(1);
  expect((await sync(syncId)).tally).toEqual({ ...nobody, added: 3, consent: 2 });
});

test('the end of a sync is not found while the list index is behind', async () => {
  let behind = true;
  const { loop, activate, sync } = await opened({
    overrides: ({ outcomes }) => ({
      outcomes: {
        ...outcomes,
        tally: async syncId => (behind ? nobody : outcomes.tally(syncId)),
        anyPending: async syncId => (behind ? false : outcomes.anyPending(syncId)),
      },
    }),
  });
  loop.receiver.onArrival = () => {
    behind = false;
  };
  const { syncId } = await activate();
  await loop.run();
  expect((await sync(syncId)).tally).toEqual({ ...nobody, added: 3, consent: 2 });
});
