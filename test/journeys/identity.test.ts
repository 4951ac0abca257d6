import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';

let [asking, joining]: [RunningPlatform, RunningPlatform] = [undefined as never, undefined as never];
beforeAll(async () => {
  asking = await startPlatform();
  joining = await startPlatform({ environment: { ENABLE_AUTO_MERGE: 'true' } });
}, 240_000);
afterAll(async () => {
  await asking?.stop();
  await joining?.stop();
});

const rosa = { firstName: 'Rosa', lastName: 'Pendalfar', birthDate: '1971-05-23', city: 'Leeds', postalCode: '10042' };

/** A visit of somebody who says who she is, on a device. */
const visit = (platform: RunningPlatform, device: string, traits: object, identifiers: object[] = []) =>
  platform.call('POST', '/events', {
    ...{ type: 'form_submit', deviceId: device, traits },
    identifiers: [{ type: 'email', value: `${device}@example.com` }, ...identifiers],
  });

const dataOf = async <Data>(platform: RunningPlatform, path: string, body?: object): Promise<Data> => {
  const { json } = await platform.call(body ? 'POST' : 'GET', path, body);
  return (json as { data: Data }).data;
};
const ownerOf = async (platform: RunningPlatform, device: string) =>
  (await dataOf<{ id: string } | undefined>(platform, `/profiles/lookup?type=deviceId&value=${device}`))?.id;
const isOne = async (platform: RunningPlatform, one: string, other: string): Promise<boolean> => {
  const [left, right] = [await ownerOf(platform, one), await ownerOf(platform, other)];
  return left !== undefined && left === right;
};

test('the same person on two devices is found, waits for a decision, and is one profile once somebody says so', async () => {
  await visit(asking, 'phone-1', rosa);
  await visit(asking, 'tablet-1', { ...rosa, firstName: 'Roza' });
  const queue = () => dataOf<{ items: { id: string; score: number }[] }>(asking, '/identity/duplicates');
  await until('the pair waits', async () => (await queue()).items.length === 1);
  expect(await isOne(asking, 'phone-1', 'tablet-1')).toBe(false);
  const [pair] = (await queue()).items;
  const body = { decision: 'merge', note: 'both devices are hers' };
  await dataOf(asking, `/identity/duplicates/${pair?.id}/decision`, body);
  await until('both devices are hers', () => isOne(asking, 'phone-1', 'tablet-1'));
  const log = await dataOf<{ items: { decision: string }[] }>(asking, '/identity/log');
  expect(log.items.map(({ decision }) => decision)).toEqual(['merge', 'review']);
}, 120_000);

test('where joining without asking is on they are one by themselves, and two customers never are', async () => {
  const customer = (value: string) => [{ type: 'customerId', value }];
  await visit(joining, 'phone-2', rosa);
  await visit(joining, 'tablet-2', { ...rosa, firstName: 'Roza' });
  const omar = { ...rosa, firstName: 'Omar', lastName: 'Quillon', birthDate: '1969-11-02' };
  await visit(joining, 'phone-3', omar, customer('one'));
  await visit(joining, 'tablet-3', omar, customer('two'));
  await until('they are one', () => isOne(joining, 'phone-2', 'tablet-2'));
  await until('the customers are there', async () => (await ownerOf(joining, 'tablet-3')) !== undefined);
  expect(await isOne(joining, 'phone-3', 'tablet-3')).toBe(false);
  expect((await dataOf<{ items: unknown[] }>(joining, '/identity/duplicates')).items).toEqual([]);
}, 120_000);
