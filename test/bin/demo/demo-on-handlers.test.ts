import Big from 'big.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { demoOutcome } from '../../../bin/demo/demo-outcome.ts';
import { demoPlan } from '../../../bin/demo/demo-plan.ts';
import { highValueName } from '../../../bin/demo/demo-segments.ts';
import { audienceName, ensureAudience } from '../../../bin/demo/ensure-audience.ts';
import { ensureSegments } from '../../../bin/demo/ensure-segments.ts';
import { inPages } from '../../../bin/demo/in-pages.ts';
import { presentDemo } from '../../../bin/demo/present-demo.ts';
import { sendEvents } from '../../../bin/demo/send-events.ts';
import type { Client } from '../../../core/contract/client.ts';
import type { Profile } from '../../../core/model/profile.ts';
import { gatewayClient } from '../../fixtures/gateway-client.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';

import { allOf } from '../all-of.ts';

const settings = { seed: 1, customers: 60, days: 45, until: '2026-02-15' };
const plan = demoPlan(settings);
const stop = new AbortController().signal;
const url = 'https://example.com/hook';

let platform: Platform;
let client: Client;
let profiles: Profile[];

const sendAll = async (): Promise<void> => {
  for (const events of [plan.introductions, plan.events]) {
    await sendEvents(client, events, { stop });
    await platform.foldEvents();
  }
};

const everybody = (): Promise<Profile[]> =>
  allOf(inPages(cursor => client.listProfiles({ query: { limit: 1000, cursor } })));

const byCustomer = (customerId: string): Profile | undefined =>
  profiles.find(({ externalIds }) => externalIds.customerId === customerId);

beforeAll(async () => {
  platform = await openPlatform();
  client = gatewayClient(platform.keys.admin);
  await sendAll();
  profiles = await everybody();
});

test('every customer, every twin and every visitor has one profile, and nobody else has', () => {
  expect(profiles).toHaveLength(plan.people.length + plan.twins.length + plan.visitors);
  for (const { customerId, email, phone, deviceIds } of plan.people) {
    expect(byCustomer(customerId)?.externalIds).toMatchObject({ email, ...(phone ? { phone } : {}) });
    expect(byCustomer(customerId)?.externalIds.deviceIds).toEqual(expect.arrayContaining([...deviceIds]));
  }
});

test('the revenue is what was bought less what was given back', async () => {
  const orders = new Map(
    plan.events
      .filter(({ type }) => type === 'purchase')
      .map(({ properties }) => [properties.orderId, new Big(Number(properties.amount))]),
  );
  for (const { type, properties } of plan.events) {
    if (type !== 'refund') continue;
    const worth = orders.get(properties.orderId) ?? new Big(0);
    const back = properties.amount === undefined ? worth : new Big(Number(properties.amount));
    orders.set(properties.orderId, worth.minus(back));
  }
  const revenue = [...orders.values()].reduce((sum, worth) => sum.plus(worth), new Big(0)).toFixed(2);
  const outcome = await demoOutcome(client, [], undefined);
  expect(outcome).toMatchObject({ revenue, orders: orders.size, profiles: profiles.length, visitors: plan.visitors });
  expect(orders.size).toBeGreaterThan(20);
});

test('twins by phone have the number of the other in common, which stays the identifier of one', () => {
  const twins = plan.twins.filter(({ by }) => by === 'phone');
  expect(twins.length).toBeGreaterThan(0);
  for (const { person, original } of twins) {
    expect(byCustomer(person.customerId)?.attributes.phone).toBe(original.phone);
    expect(byCustomer(person.customerId)?.externalIds.phone).toBeUndefined();
    expect(byCustomer(original.customerId)?.externalIds.phone).toBe(original.phone);
  }
});

test('consent stands as it was last said', () => {
  for (const person of plan.people) {
    const left = plan.events.some(
      ({ type, identifiers }) => type === 'email_unsubscribe' && identifiers?.[0]?.value === person.email,
    );
    expect(byCustomer(person.customerId)?.consent.email).toBe(left ? false : person.consent.email);
  }
});

describe('a second run', () => {
  test('changes nothing', async () => {
    await sendAll();
    expect(await everybody()).toEqual(profiles);
  });

  test('finds segments and audience by their names, and the settings in the segments', async () => {
    const made = await ensureSegments(client, settings, (await presentDemo(client)).segments);
    const [first] = made;
    await ensureAudience(client, first?.id ?? '', { url });
    const present = await presentDemo(client);
    expect(present.settings).toEqual(settings);
    expect(await ensureSegments(client, settings, present.segments)).toMatchObject(made.map(({ id }) => ({ id })));
    const again = await ensureAudience(client, first?.id ?? '', { url });
    expect(again).toMatchObject({ audience: { name: audienceName, syncs: [{ platform: 'webhook', active: true }] } });
    expect(first?.name).toBe(highValueName);
    expect((await client.listSegments()).items).toHaveLength(3);
    expect((await client.listAudiences()).items).toHaveLength(1);
  });
});

test('an audience whose address the platform may not reach is told, not thrown', async () => {
  const other = gatewayClient((await openPlatform()).keys.admin);
  const [segment] = await ensureSegments(other, settings, new Map());
  const answer = await ensureAudience(other, segment?.id ?? '', { url: 'http://127.0.0.1:9/demo' });
  expect(answer).toEqual({ refused: expect.stringContaining('must be an https address') });
});
