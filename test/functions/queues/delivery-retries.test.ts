import { expect, test } from 'vitest';
import { createAudience } from '../../../core/flows/create-audience.ts';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { syncMembers } from '../../../core/flows/sync-members.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import { type AudienceLoop, openAudienceLoop, spenders } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, type LoopOptions } from '../../fixtures/run-loop.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';

const customers = Array.from({ length: 12 }, (_, index) => `c${String(index).padStart(2, '0')}`);
/** Every second one has agreed. */
const agreed = customers.filter((_, index) => index % 2 === 0);
const late = '2026-02-15T12:30:00.000Z';
const says = (customer: string, email: boolean) => customerEvent(customer, { consent: { email }, at: late });

const openWith = async (options: LoopOptions = {}): Promise<AudienceLoop> => {
  const setup = await openAudienceLoop(options);
  await setup.loop.fold(spenders(customers));
  await setup.loop.run();
  return setup;
};

const waitingItems = ({ loop }: AudienceLoop) => loop.contents().filter(({ sk }) => sk.startsWith('W#'));

test.each(Array.from({ length: 10 }, (_, seed) => seed))(
  'a receiver that is down for hours gets exactly who agrees when it is back, and whoever withdrew is never sent (seed %i)',
  async seed => {
    const random = seededRandom(seed);
    const setup = await openWith({ seed, twice: seed % 3 === 0 });
    const { loop, activate, received, pass, sync } = setup;
    loop.receiver.fault = 'unreachable';
    const { syncId } = await activate('replace');
    await loop.run();
    await pass(random.below(10));
    const gone = random.shuffled(agreed).slice(0, 1 + random.below(4));
    const come = random.shuffled(customers.filter(one => !agreed.includes(one))).slice(0, random.below(4));
    await loop.fold([...gone.map(one => says(one, false)), ...come.map(one => says(one, true))]);
    await loop.run();
    await pass(random.below(40));
    expect(loop.receiver.rows).toEqual([]);
    expect((await sync(syncId)).status).toBe('running');
    loop.receiver.fault = undefined;
    if (random.chance(0.5)) loop.receiver.faults = ['answer-lost'];
    await pass(50);

    expect(received()).toEqual([...agreed.filter(one => !gone.includes(one)), ...come].sort());
    const sent = loop.receiver.rows.flatMap(row => (row.operation === 'add' ? [row.member.customerId ?? ''] : []));
    expect(sent.filter(one => gone.includes(one))).toEqual([]);
    const told = loop.receiver.rows.map(({ row }) => row);
    expect(new Set(told).size).toBe(agreed.length + come.length);
    expect(loop.messages.deadLetters).toEqual([]);
    expect(waitingItems(setup)).toEqual([]);
    expect(await sync(syncId)).toMatchObject({
      status: 'completed',
      tally: { added: agreed.length - gone.length, removed: gone.length, failed: 0, pending: 0 },
      error: expect.any(String),
    });
    const before = loop.contents();
    await loop.redeliverEverything();
    expect(differences(before, loop.contents())).toEqual([]);
    expect(loop.receiver.rows).toHaveLength(told.length);
  },
  30_000,
);

test('control: a retry that decides by how people were at first sends whoever has withdrawn', async () => {
  const { loop, activate, received, pass } = await openWith({
    overrides: ({ profiles }) => {
      const first = new Map<string, ProfileState>();
      const getMany: typeof profiles.getMany = async ids => {
        for (const [id, state] of await profiles.getMany(ids))
          if (!first.has(id)) first.set(id, structuredClone(state));
        return new Map(ids.flatMap(id => [...first].filter(([known]) => known === id)));
      };
      return { profiles: { ...profiles, getMany } };
    },
  });
  loop.receiver.fault = 'unreachable';
  await activate();
  await loop.run();
  await loop.fold([says('c00', false)]);
  await loop.run();
  loop.receiver.fault = undefined;
  await pass(5);
  expect(received()).toContain('c00');
});

test('a receiver that stays down is tried for 75 hours and up to a tenth more; then everybody has failed, and is left alone', async () => {
  const setup = await openWith();
  const { loop, activate, received, pass, sync, audience, idOf } = setup;
  loop.receiver.fault = 'unreachable';
  const { syncId } = await activate();
  await loop.run();
  await pass(74);
  expect((await sync(syncId)).status).toBe('running');
  await pass(10);
  expect(await sync(syncId)).toMatchObject({
    status: 'failed',
    error: 'nobody answers',
    tally: { added: 0, failed: 6, consent: 6, pending: 0 },
  });
  const ids = await Promise.all(agreed.map(idOf));
  const records = await loop.services.recipients.ofAudience(audience.id, 'webhook', ids);
  expect(records.map(({ failure }) => failure)).toEqual(ids.map(() => ({ attempts: 10, error: 'nobody answers' })));
  expect(await loop.services.recipients.countFailed(audience.id, 'webhook')).toBe(6);
  loop.receiver.fault = undefined;
  await pass(25);
  expect(received()).toEqual([]);
}, 30_000);

test('what the receiver refuses has failed at once, and is not sent again until it changes', async () => {
  const setup = await openWith();
  const { loop, activate, received, pass, sync } = setup;
  loop.receiver.fault = 'refused';
  const { syncId } = await activate();
  await loop.run();
  expect(await sync(syncId)).toMatchObject({
    status: 'failed',
    error: 'the endpoint answered 400',
    tally: { failed: 6 },
  });
  const { tries } = loop.receiver;
  loop.receiver.fault = undefined;
  await pass(80);
  expect(loop.receiver.tries).toBe(tries);
  await loop.fold([customerEvent('c00', { traits: { firstName: 'Ann' }, at: late })]);
  await loop.run();
  expect(received()).toEqual(['c00']);
}, 30_000);

test('a change that fails without a sync is tried again, too', async () => {
  const setup = await openWith();
  const { loop, activate, received, pass } = setup;
  await activate();
  await loop.run();
  loop.receiver.fault = 'unreachable';
  await loop.fold([customerEvent('new', { amount: 500, consent: { email: true } }), says('c00', false)]);
  await loop.run();
  await pass(3);
  expect(waitingItems(setup)).toHaveLength(2);
  loop.receiver.fault = undefined;
  await pass(6);
  expect(received()).toEqual([...agreed.slice(1), 'new']);
  expect(waitingItems(setup)).toEqual([]);
}, 30_000);

test('who waits for a receiver that is gone for good waits no more', async () => {
  const setup = await openWith();
  const { loop, activate, pass, sync } = setup;
  loop.receiver.fault = 'unreachable';
  const { syncId } = await activate();
  await loop.run();
  expect(waitingItems(setup)).toHaveLength(6);
  loop.receiver.fault = 'gone';
  await pass(1);
  const due = waitingItems(setup).filter(({ lpk }) => String(lpk).startsWith('RETRIES#'));
  expect(due).toEqual([]);
  expect(await sync(syncId)).toMatchObject({
    status: 'failed',
    error: 'the endpoint answered 410',
    tally: { failed: 6, pending: 0 },
  });
  expect(loop.receiver.rows).toEqual([]);
});

test('an erased person who still waits is taken out, and then nothing is left of them but the tombstone', async () => {
  const setup = await openWith();
  const { loop, activate, pass, idOf } = setup;
  loop.receiver.fault = 'unreachable';
  await activate();
  await loop.run();
  const id = await idOf('c00');
  await eraseProfile(id, loop.services);
  await loop.run();
  await pass(1);
  loop.receiver.fault = undefined;
  await pass(12);
  const left = loop.contents().filter(({ pk }) => pk === `P#${id}`);
  expect(left.map(({ sk }) => sk)).toEqual(['H']);
  expect(loop.receiver.rows.filter(row => row.row.startsWith(id)).map(({ operation }) => operation)).toEqual([
    'remove',
  ]);
}, 30_000);

test('two ticks at the same time hand nobody to the queue twice', async () => {
  const setup = await openWith();
  const { loop, activate } = setup;
  loop.receiver.fault = 'unreachable';
  await activate();
  await loop.run();
  loop.clock.advance(3_600_000);
  await Promise.all([loop.tick(), loop.tick()]);
  await loop.tick();
  expect(loop.messages.waiting.filter(({ queue }) => queue === 'syncAudienceMember')).toHaveLength(6);
});

/** A second audience of the same people, active as well. */
const besides = async ({ loop, audience, segmentId, activate }: AudienceLoop): Promise<string[]> => {
  const { services } = loop;
  const given = { name: 'Other', segmentIds: [segmentId], platforms: ['webhook' as const], config: audience.config };
  const { id } = await createAudience(given, [], services);
  await activate();
  const other = await services.audiences.get(id);
  const [sync] = (await services.audiences.get(audience.id))?.syncs ?? [];
  if (!other || !sync) throw new Error('nothing was activated');
  await services.audiences.replace({ ...other, version: 2, syncs: [sync] });
  return [audience.id, id];
};

test('a slow receiver holds up no other audience', async () => {
  const setup = await openWith();
  const { loop, idOf } = setup;
  const [slow = '', quick = ''] = await besides(setup);
  let arrived = (): void => undefined;
  const quickArrived = new Promise<void>(resolve => {
    arrived = resolve;
  });
  const profileId = await idOf('c00');
  const message = { platform: 'webhook', profileId };
  const webhook = {
    deliver: async ({ audienceId }: { audienceId: string }) => {
      await (audienceId === slow ? quickArrived : arrived());
      return { refused: [] };
    },
  };
  const messages = [slow, quick].map(audienceId => ({ ...message, audienceId }));
  await syncMembers(messages, { ...loop.services, destinations: { of: () => webhook } });
  const records = await loop.services.recipients.ofProfile(profileId);
  expect(records.map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('a receiver that did not answer is left alone for a moment, which uses up no try', async () => {
  const setup = await openWith();
  const { loop, activate, audience, idOf } = setup;
  await activate();
  loop.receiver.fault = 'unreachable';
  const tools = { ...loop.services, destinations: { of: () => loop.receiver } };
  const attempts = async (customer: string): Promise<number | undefined> => {
    const profileId = await idOf(customer);
    await syncMembers([{ audienceId: audience.id, platform: 'webhook', profileId }], tools);
    const [record] = await loop.services.recipients.ofAudience(audience.id, 'webhook', [profileId]);
    return record?.failure?.attempts;
  };
  expect([await attempts('c00'), await attempts('c02'), await attempts('c04')]).toEqual([1, 0, 0]);
  expect(loop.receiver.tries).toBe(1);
  loop.clock.advance(31_000);
  expect(await attempts('c06')).toBe(1);
  expect(loop.receiver.tries).toBe(2);
});
