import { afterAll, expect, test } from 'vitest';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { startDynamoDb } from '../../fixtures/dynamodb.ts';
import { someEvent } from '../../fixtures/profile-states.ts';
import { countedRequests, steadyWorker, windowOf } from '../../simulation/steady-windows.ts';

afterAll(() => provideServices(undefined));

test('known people who do 1.1 things each in a window cost at most a tenth of a request per event', async () => {
  const { client, tableName, stop } = await startDynamoDb();
  const requests = countedRequests(client);
  const { fold, profiles } = steadyWorker(client, tableName);
  const people = 250;
  await fold(windowOf(people));
  const before = requests();
  const windows = 3;
  for (let window = 0; window < windows; window += 1) await fold(windowOf(people));
  const perEvent = (requests() - before) / (windows * windowOf(people).length);
  expect(perEvent).toBeGreaterThan(0.03);
  expect(perEvent).toBeLessThanOrEqual(0.1);
  const owners = await profiles.ownersOf(['customerId#steady-0', 'customerId#steady-249']);
  const counted = [...(await profiles.getMany([...owners.values()])).values()].map(({ head }) => head.counters.events);
  expect(counted.sort()).toEqual([4, 8]);
  await stop();
}, 60_000);

test('a person who does thousands of things in a window costs one update of the head', async () => {
  const { client, tableName, stop } = await startDynamoDb();
  const { fold, profiles } = steadyWorker(client, tableName);
  const identifiers = [{ type: 'customerId' as const, value: 'hot' }];
  const hot = (count: number) => Array.from({ length: count }, () => someEvent({ identifiers }));
  await fold(hot(1));
  await fold(hot(3000));
  await fold(hot(3000));
  const [id = ''] = (await profiles.ownersOf(['customerId#hot'])).values();
  const state = await profiles.get(id);
  expect(state?.head).toMatchObject({ version: 3, counters: { events: 6001 } });
  await stop();
}, 60_000);
