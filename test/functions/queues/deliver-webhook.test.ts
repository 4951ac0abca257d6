import { expect, test } from 'vitest';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { updateWebhook } from '../../../core/flows/update-webhook.ts';
import { webhookFacts } from '../../../core/flows/webhook-facts.ts';
import { factTypes } from '../../../core/model/fact.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences } from '../../fixtures/run-loop.ts';
import { openWebhookLoop, type WebhookLoop } from '../../fixtures/webhook-loop.ts';

const customers = ['a', 'b', 'c', 'd'];
const url = 'https://example.com/hook';

const tellCreated = async (options: Parameters<typeof openWebhookLoop>[0] = {}) => {
  const setup = openWebhookLoop(options);
  const webhook = await setup.subscribe({});
  return { ...setup, webhook };
};

const fold = async ({ loop }: Pick<WebhookLoop, 'loop'>) => {
  await loop.fold(customers.map(customer => customerEvent(customer, { amount: 5 })));
  await loop.run();
};

const typesTaken = ({ receivers }: Pick<WebhookLoop, 'receivers'>): string[] =>
  receivers.arrivals.filter(({ taken }) => taken).map(({ body }) => body.type);

const storedOf = async ({ loop }: Pick<WebhookLoop, 'loop'>, id: string) => {
  const found = await loop.services.webhooks.get(id);
  if (!found) throw new Error('the webhook is gone');
  return found;
};

const deliveriesOf = async ({ loop }: Pick<WebhookLoop, 'loop'>, id: string) =>
  (await loop.services.deliveries.page(id, 100)).deliveries;

test('every profile that comes to be is told once, signed, by ids alone', async () => {
  const setup = await tellCreated();
  await fold(setup);
  expect(typesTaken(setup)).toEqual(customers.map(() => 'profile.created'));
  expect(setup.receivers.unverified).toBe(0);
  expect(setup.taken().size).toBe(4);
  expect(JSON.stringify(setup.receivers.arrivals)).not.toContain('@example.com');
  const deliveries = await deliveriesOf(setup, setup.webhook.id);
  expect(deliveries.map(({ state, tries }) => [state, tries])).toEqual(customers.map(() => ['delivered', 1]));
});

test('what comes twice is told once, and changes nothing the second time', async () => {
  const setup = await tellCreated({ twice: true });
  await fold(setup);
  expect(setup.receivers.arrivals).toHaveLength(4);
  const before = setup.loop.contents();
  await setup.loop.redeliverEverything();
  expect(setup.receivers.arrivals).toHaveLength(4);
  expect(differences(before, setup.loop.contents())).toEqual([]);
});

test.each(['down', 'slow', 'error', 'busy'] as const)(
  'a receiver that is %s for a day is told of everything afterwards, under the same ids',
  async behaviour => {
    const setup = await tellCreated();
    setup.receivers.behave = () => behaviour;
    await fold(setup);
    await setup.pass(24);
    expect(setup.taken().size).toBe(0);
    const [waiting] = await deliveriesOf(setup, setup.webhook.id);
    expect(waiting).toMatchObject({ state: 'waiting' });
    expect((await storedOf(setup, setup.webhook.id)).failingSince).toBeDefined();
    setup.receivers.behave = () => 'take';
    await setup.pass(24);
    expect(setup.taken().size).toBe(4);
    expect(new Set(setup.receivers.arrivals.map(({ id }) => id)).size).toBe(4);
    const deliveries = await deliveriesOf(setup, setup.webhook.id);
    expect(deliveries.map(({ state, nextAt }) => [state, nextAt])).toEqual(
      customers.map(() => ['delivered', undefined]),
    );
    expect((await storedOf(setup, setup.webhook.id)).failingSince).toBeUndefined();
    expect(setup.loop.contents().filter(({ sk }) => sk.startsWith('U#'))).toEqual([]);
  },
);

test('a receiver that asks for an hour is left alone for an hour', async () => {
  const setup = await tellCreated();
  setup.receivers.behave = () => 'busy';
  await fold(setup);
  const first = setup.receivers.arrivals.length;
  await setup.pass(0.9, 5);
  expect(setup.receivers.arrivals.filter(({ id }) => id === setup.receivers.arrivals[0]?.id)).toHaveLength(1);
  setup.receivers.behave = () => 'take';
  await setup.pass(2, 5);
  expect(first).toBeGreaterThan(0);
  expect(setup.taken().size).toBe(4);
});

test('a receiver that makes everybody wait is asked once, not by every message of a batch', async () => {
  const setup = await tellCreated({ seed: 4 });
  setup.receivers.behave = () => 'slow';
  await setup.loop.fold(Array.from({ length: 60 }, (_, index) => customerEvent(`x${index}`, { amount: 1 })));
  await setup.loop.run();
  expect(setup.receivers.arrivals.length).toBeLessThan(60);
  setup.receivers.behave = () => 'take';
  await setup.pass(3, 1);
  expect(setup.taken().size).toBe(60);
});

test('what is not taken for 75 hours has failed, and is listed with every try', async () => {
  const setup = await tellCreated();
  setup.receivers.behave = () => 'error';
  await fold(setup);
  await setup.pass(90);
  const deliveries = await deliveriesOf(setup, setup.webhook.id);
  expect(deliveries.map(({ state }) => state)).toEqual(customers.map(() => 'failed'));
  for (const { attempts, createdAt } of deliveries) {
    expect(attempts).toHaveLength(10);
    expect(attempts.every(({ status }) => status === 503)).toBe(true);
    const last = Date.parse(attempts.at(-1)?.at ?? '') - Date.parse(createdAt);
    expect(last).toBeGreaterThanOrEqual(75 * 3_600_000);
  }
});

test('410 switches a webhook off at once, and others are told so', async () => {
  const setup = await tellCreated();
  const watcher = await setup.subscribe({ url: 'https://watch.example.com/', events: ['webhook.disabled'] });
  setup.receivers.behave = message => (message.url === url ? 'gone' : 'take');
  await fold(setup);
  expect(await storedOf(setup, setup.webhook.id)).toMatchObject({
    active: false,
    disabled: { reason: 'the endpoint answered 410' },
  });
  expect(setup.receivers.arrivals.filter(({ taken }) => taken)).toMatchObject([
    { url: watcher.url, body: { type: 'webhook.disabled', data: { webhookId: setup.webhook.id } } },
  ]);
  const before = setup.receivers.arrivals.length;
  await setup.loop.fold([customerEvent('later', { amount: 1 })]);
  await setup.loop.run();
  expect(setup.receivers.arrivals).toHaveLength(before);
});

test('after five days in which nothing was taken a webhook is off, with a notice; it can be switched on again', async () => {
  const setup = await tellCreated();
  setup.receivers.behave = () => 'error';
  for (let day = 0; day < 6; day += 1) {
    await setup.loop.fold([customerEvent(`day${day}`, { amount: 1 })]);
    await setup.loop.run();
    await setup.pass(24, 30);
  }
  const stored = await storedOf(setup, setup.webhook.id);
  expect(stored.disabled?.reason).toBe('took nothing for 5 days; last: the endpoint answered 503');
  const facts = webhookFacts(setup.loop.services.commitsIn(setup.loop.changes));
  expect(facts.filter(({ type }) => type === 'webhook.disabled')).toHaveLength(1);
  const update = { id: stored.id, patch: { active: true }, fieldPolicy: {} };
  expect(await updateWebhook(update, setup.loop.services)).toMatchObject({ active: true });
  setup.receivers.behave = () => 'take';
  await setup.loop.run();
  await setup.loop.fold([customerEvent('again', { amount: 1 })]);
  await setup.loop.run();
  expect(setup.taken().size).toBeGreaterThan(0);
});

test('a fact waits behind an earlier one of its subject, while those of others flow', async () => {
  const setup = openWebhookLoop();
  await setup.subscribe({ events: ['profile.created', 'profile.updated'] });
  await fold(setup);
  const held = setup.receivers.arrivals[0]?.body.data.profileId;
  const city = (customer: string, value: string) => customerEvent(customer, { traits: { city: value } });
  setup.receivers.behave = ({ body }) => (body.includes(String(held)) ? 'error' : 'take');
  for (const place of ['Ulm', 'Rom', 'Bonn']) {
    await setup.loop.fold(customers.map(customer => city(customer, place)));
    await setup.loop.run();
    setup.loop.clock.advance(31_000);
  }
  await setup.pass(1, 1);
  const others = setup.receivers.arrivals.filter(
    ({ body }) => body.data.profileId !== held && body.type !== 'profile.created',
  );
  expect(others.length).toBeGreaterThan(6);
  setup.receivers.behave = () => 'take';
  await setup.pass(2, 1);
  const own = setup.receivers.arrivals.filter(({ body, taken }) => taken && body.data.profileId === held);
  const orders = own.map(({ body }) => body.order);
  expect(own.length).toBeGreaterThan(3);
  expect(orders).toEqual([...orders].sort());
});

test.each([1, 2, 3, 4, 5, 6])(
  'what two workers put aside at the same moment waits for its time, and does not come back by itself (seed %i)',
  async seed => {
    const setup = openWebhookLoop({ seed, twice: true });
    await setup.subscribe({ events: ['profile.created', 'profile.updated'] });
    setup.receivers.behave = () => 'error';
    for (const place of ['Ulm', 'Rom', 'Bonn', 'Kiel']) {
      await setup.loop.fold(customers.map(customer => customerEvent(customer, { traits: { city: place } })));
      await setup.loop.work(2000);
      expect(setup.loop.messages.waiting).toEqual([]);
      setup.loop.clock.advance(120_000);
    }
  },
);

test('fields that were asked for are sent as far as whoever asked may read them, and kept nowhere', async () => {
  const setup = openWebhookLoop();
  const { id } = await setup.subscribe({ fields: ['externalIds', 'computed'] });
  const fieldPolicy = { identifier: 'mask' as const, behavioural: 'drop' as const };
  await updateWebhook({ id, patch: { fields: ['externalIds', 'computed'] }, fieldPolicy }, setup.loop.services);
  await setup.loop.run();
  await fold(setup);
  const [first] = setup.receivers.arrivals;
  expect(first?.body.data.profile).toEqual({
    externalIds: { customerId: '***', email: expect.stringMatching(/^.\*\*\*m$/) },
    computed: { firstSeenDate: expect.any(String) },
  });
  expect(JSON.stringify(setup.loop.contents().filter(({ sk }) => sk.startsWith('T#')))).not.toContain('***');
});

test('of somebody who was erased only the erasure is still told', async () => {
  const setup = openWebhookLoop();
  const { id } = await setup.subscribe({ events: [...factTypes] });
  setup.receivers.behave = () => 'down';
  await fold(setup);
  const [profileId = ''] = (await setup.loop.services.profiles.list(1)).ids;
  await eraseProfile(profileId, setup.loop.services);
  await setup.loop.run();
  setup.receivers.behave = () => 'take';
  await setup.pass(3, 5);
  const about = setup.receivers.arrivals.filter(({ body, taken }) => taken && body.data.profileId === profileId);
  expect(about.map(({ body }) => body.type)).toEqual(['profile.erased']);
  const left = setup.loop.contents().filter(({ pk, sk }) => pk === `P#${profileId}` && /^[TU]#/.test(sk));
  expect(left).toEqual([]);
  expect((await deliveriesOf(setup, id)).length).toBeGreaterThan(3);
});

test('a webhook that was deleted is told nothing more, not even what waited', async () => {
  const setup = await tellCreated();
  setup.receivers.behave = () => 'down';
  await fold(setup);
  const { services } = setup.loop;
  const stored = await storedOf(setup, setup.webhook.id);
  await services.commitTogether([services.webhooks.removing(stored)]);
  setup.receivers.behave = () => 'take';
  await setup.pass(30);
  expect(setup.taken().size).toBe(0);
  expect(setup.loop.contents().filter(({ sk }) => sk.startsWith('U#'))).toEqual([]);
});

test('the bus is told the same facts; what it does not take comes again', async () => {
  const facts: string[] = [];
  let refuses = 3;
  const eventBus = {
    put: async (told: readonly { id: string }[]) => {
      refuses -= 1;
      if (refuses >= 0) return [...told] as never;
      facts.push(...told.map(({ id }) => id));
      return [];
    },
  };
  const setup = openWebhookLoop({ overrides: () => ({ eventBus }) });
  await fold(setup);
  const all = webhookFacts(setup.loop.services.commitsIn(setup.loop.changes)).map(({ id }) => id);
  expect(all.length).toBeGreaterThanOrEqual(4);
  expect(new Set(facts)).toEqual(new Set(all));
});
