import { expect, test } from 'vitest';
import type { MessageBody, syncAudienceMember } from '../../../core/contract/messages.ts';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { syncMembers } from '../../../core/flows/sync-members.ts';
import { openAudienceLoop, spenders } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, type LoopOptions } from '../../fixtures/run-loop.ts';

const noon = '2026-02-15T12:00:00.000Z';
const withdrawal = (customer: string, at = noon) => customerEvent(customer, { consent: { email: false }, at });

test('an activated audience reaches exactly its members who have consented', async () => {
  const { loop, activate, received } = await openAudienceLoop();
  await loop.fold(spenders(['a', 'b', 'c', 'd']));
  await loop.fold([customerEvent('poor', { amount: 1, consent: { email: true } })]);
  await loop.run();
  await activate();
  await loop.run();
  expect(received()).toEqual(['a', 'c']);
  expect(loop.receiver.rows).toHaveLength(2);
});

test('whoever enters, agrees, leaves or withdraws later is followed', async () => {
  const { loop, activate, received } = await openAudienceLoop();
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  await activate();
  await loop.run();
  await loop.fold([
    customerEvent('b', { consent: { email: true }, at: noon }),
    withdrawal('c'),
    customerEvent('new', { amount: 500, consent: { email: true } }),
  ]);
  await loop.run();
  expect(received()).toEqual(['a', 'b', 'new']);
});

test('a change of what is sent of someone is sent, anything else is not', async () => {
  const { loop, activate, idOf } = await openAudienceLoop();
  await loop.fold(spenders(['a']));
  await loop.run();
  await activate();
  await loop.run();
  await loop.fold([customerEvent('a', { traits: { city: 'Rome', tags: ['x'] }, at: noon })]);
  await loop.run();
  expect(loop.receiver.rows).toHaveLength(1);
  await loop.fold([customerEvent('a', { traits: { firstName: 'Ann' }, at: noon })]);
  await loop.run();
  expect(loop.receiver.rows).toHaveLength(2);
  expect(loop.receiver.member(await idOf('a'))).toMatchObject({ firstName: 'Ann', email: 'a@example.com' });
});

test('a consent taken back between activation and sending: never sent', async () => {
  const { loop, activate, received } = await openAudienceLoop();
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  await activate();
  await loop.fold([withdrawal('a')]);
  await loop.run();
  expect(received()).toEqual(['c']);
  expect(loop.receiver.rows.map(({ row }) => row)).toHaveLength(1);
});

test('a consent taken back between the decision and the delivery is seen: nothing is sent', async () => {
  const setup = await openAudienceLoop();
  const { loop, activate, idOf } = setup;
  await loop.fold(spenders(['a']));
  await loop.run();
  await activate();
  await loop.run();
  await loop.fold([withdrawal('a')]);
  await loop.run();
  await loop.fold([customerEvent('a', { consent: { email: true }, at: '2026-02-15T12:01:00.000Z' })]);
  const rowsBefore = loop.receiver.rows.length;
  const { recipients } = loop.services;
  const message = { audienceId: setup.audience.id, platform: 'webhook', profileId: await idOf('a') };
  const tools = {
    ...loop.services,
    destinations: { of: () => loop.receiver },
    recipients: {
      ...recipients,
      lease: async (...given: Parameters<typeof recipients.lease>) => {
        const taken = await recipients.lease(...given);
        await loop.fold([withdrawal('a', '2026-02-15T12:02:00.000Z')]);
        return taken;
      },
    },
  };
  await syncMembers([message], tools);
  expect(loop.receiver.rows.length).toBe(rowsBefore);
  await loop.run();
  expect(setup.received()).toEqual([]);
});

test('an answer that is lost: the row comes again under its number, and the receiver holds everyone once', async () => {
  const { loop, activate, received, pass } = await openAudienceLoop();
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  loop.receiver.faults = ['answer-lost'];
  await activate();
  await loop.run();
  await pass(1);
  expect(received()).toEqual(['a', 'c']);
  const names = loop.receiver.rows.map(({ row }) => row);
  expect(names.length).toBeGreaterThan(new Set(names).size);
  expect(new Set(names).size).toBe(2);
});

test('a crash between delivery and record: sent again under the same number, then recorded', async () => {
  let crash = true;
  const { loop, activate, received, audience, idOf } = await openAudienceLoop({
    overrides: ({ recipients }) => ({
      recipients: {
        ...recipients,
        settle: async (...given) => {
          if (crash) throw new Error('killed');
          return recipients.settle(...given);
        },
      },
    }),
  });
  await loop.fold(spenders(['a']));
  loop.receiver.onArrival = () => {
    crash = loop.receiver.rows.length === 0;
  };
  await activate();
  await loop.run();
  expect(received()).toEqual(['a']);
  expect(new Set(loop.receiver.rows.map(({ row }) => row)).size).toBe(1);
  expect(loop.receiver.rows.length).toBe(2);
  const [record] = await loop.services.recipients.ofAudience(audience.id, 'webhook', [await idOf('a')]);
  expect(record).toMatchObject({ state: 'sent', row: 1 });
});

test('a consent withdrawn while the outcome of a delivery is unknown: the person is taken out', async () => {
  const { loop, activate, received, pass } = await openAudienceLoop();
  await loop.fold(spenders(['a']));
  await loop.run();
  loop.receiver.faults = ['answer-lost'];
  loop.receiver.onArrival = async () => {
    loop.receiver.onArrival = undefined;
    await loop.fold([withdrawal('a')]);
  };
  await activate();
  await loop.run();
  await pass(1);
  expect(received()).toEqual([]);
  expect(loop.receiver.rows.at(-1)).toMatchObject({ operation: 'remove' });
});

test('a destination that is unreachable for a while gets everybody once it is back', async () => {
  const { loop, activate, received, pass } = await openAudienceLoop();
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  loop.receiver.faults = ['unreachable', 'unreachable', 'unreachable'];
  await activate();
  await loop.run();
  expect(received()).toEqual([]);
  await pass(1);
  expect(received()).toEqual(['a', 'c']);
  expect(loop.messages.deadLetters).toEqual([]);
});

test('a destination that is gone for good: the audience says so, nothing more is sent until it is activated again', async () => {
  const { loop, activate, audience, received } = await openAudienceLoop();
  await loop.fold(spenders(['a']));
  await loop.run();
  loop.receiver.faults = ['gone'];
  await activate();
  await loop.run();
  const ended = await loop.services.audiences.get(audience.id);
  expect(ended?.syncs).toMatchObject([{ active: false, error: 'the endpoint answered 410' }]);
  await loop.fold([customerEvent('late', { amount: 500, consent: { email: true } })]);
  await loop.run();
  expect(loop.receiver.rows).toEqual([]);
  await activate();
  await loop.run();
  expect(received()).toEqual(['a', 'late']);
});

test('an erased person is taken out at the destination, and then nothing is left of them but the tombstone', async () => {
  const { loop, activate, received, idOf } = await openAudienceLoop();
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  await activate();
  await loop.run();
  const id = await idOf('a');
  await eraseProfile(id, loop.services);
  await loop.run();
  expect(received()).toEqual(['c']);
  expect(
    loop
      .contents()
      .filter(({ pk }) => pk === `P#${id}`)
      .map(({ sk }) => sk),
  ).toEqual(['H']);
});

test('without real-time sync only a consent taken back is followed at once', async () => {
  const { loop, activate, received } = await openAudienceLoop({ realTimeSync: false });
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  await activate();
  await loop.run();
  await loop.fold([withdrawal('a'), customerEvent('new', { amount: 500, consent: { email: true } })]);
  await loop.run();
  expect(received()).toEqual(['c']);
  await activate('replace');
  await loop.run();
  expect(received()).toEqual(['c', 'new']);
});

/** Five workers look at one person at the same time. Returns how many rows the receiver gets. */
const rowsOfManyWorkers = async (overrides?: LoopOptions['overrides']): Promise<number> => {
  const { loop, activate, audience, idOf } = await openAudienceLoop(overrides ? { overrides } : {});
  await loop.fold(spenders(['a']));
  await loop.run();
  await activate();
  const message: MessageBody<typeof syncAudienceMember> = {
    audienceId: audience.id,
    platform: 'webhook',
    profileId: await idOf('a'),
  };
  const tools = { ...loop.services, destinations: { of: () => loop.receiver } };
  await Promise.all(Array.from({ length: 5 }, () => syncMembers([message], tools)));
  await loop.run();
  return loop.receiver.rows.length;
};

test('many workers on one person at the same time send one row', async () => {
  expect(await rowsOfManyWorkers()).toBe(1);
});

test('control: where everybody is given the right to send, everybody sends', async () => {
  const everybody: LoopOptions['overrides'] = ({ recipients }) => ({
    recipients: { ...recipients, lease: async (...given) => (await recipients.lease(...given)) || true },
  });
  expect(await rowsOfManyWorkers(everybody)).toBeGreaterThan(1);
});

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  'every change and every message twice, in any order: the same state, and nobody is told anything again (seed %i)',
  async seed => {
    const { loop, activate, received } = await openAudienceLoop({ seed, twice: seed % 2 === 1 });
    await loop.fold(spenders(['a', 'b', 'c', 'd', 'e']));
    await activate();
    await loop.run();
    await loop.fold([withdrawal('a'), customerEvent('b', { consent: { email: true }, at: noon })]);
    await loop.run();
    expect(received()).toEqual(['b', 'c', 'e']);
    const [before, rows] = [loop.contents(), loop.receiver.rows.length];
    await loop.redeliverEverything();
    expect(differences(before, loop.contents())).toEqual([]);
    expect(loop.receiver.rows.length).toBe(rows);
    expect(loop.messages.deadLetters).toEqual([]);
  },
);

test('control: a gate that forgets to ask for consent sends those who never agreed', async () => {
  const { loop, activate, received } = await openAudienceLoop({
    overrides: ({ profiles }) => ({
      profiles: {
        ...profiles,
        getMany: async ids => {
          const states = await profiles.getMany(ids);
          for (const { person } of states.values()) {
            person.consent = { email: { granted: true, at: 0, id: '', source: '' } };
          }
          return states;
        },
      },
    }),
  });
  await loop.fold(spenders(['a', 'b']));
  await loop.run();
  await activate();
  await loop.run();
  expect(received()).toEqual(['a', 'b']);
});
