import { afterAll, beforeAll, expect, test } from 'vitest';
import { snapshotPartsPrefix } from '../../core/model/snapshot-manifest.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { snapshotLake } from '../fixtures/snapshot-lake.ts';
import { stateLake } from '../fixtures/state-lake.ts';
import { until } from '../fixtures/until.ts';

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startPlatform();
}, 120_000);
afterAll(() => platform?.stop());

/** What a question over the snapshot finds in a city, from what the platform has put into the lake by now. */
const peopleIn = async (city: string): Promise<unknown[]> => {
  const lake = await stateLake(platform.stateDirectory, snapshotPartsPrefix);
  const snapshot = await snapshotLake({ lake });
  try {
    const { rows } = await snapshot.engine.ask(
      (_dialect, { text }) => ({ text: `SELECT email, ltv_cents FROM ${text} WHERE city = ?`, values: [city] }),
      20,
    );
    return rows;
  } finally {
    await snapshot.close();
  }
};

test('a change of a profile is in the snapshot within seconds, and whoever is erased is not any more', async () => {
  const email = 'ada@example.com';
  const made = await platform.call('POST', '/profiles', {
    externalIds: { email },
    attributes: { email, city: 'London' },
  });
  const { id } = (made.json as { data: { id: string } }).data;
  await until('the profile is found', async () => (await peopleIn('London')).length === 1);
  await platform.call('PUT', `/profiles/${id}`, { attributes: { city: 'Turin' } });
  await until('the change is found', async () => (await peopleIn('Turin')).length === 1);
  expect(await peopleIn('London')).toEqual([]);

  const identifiers = [{ type: 'email', value: email }];
  const properties = { orderId: 'order-1', amount: 12.34, currency: 'USD' };
  await platform.call('POST', '/events', { type: 'purchase', identifiers, properties });
  const rich = [{ email, ltv_cents: 1234 }];
  await until('the purchase is found', async () => JSON.stringify(await peopleIn('Turin')) === JSON.stringify(rich));

  await platform.call('DELETE', `/profiles/${id}`);
  await until('the erased are hidden', async () => (await peopleIn('Turin')).length === 0, 10);
}, 120_000);
