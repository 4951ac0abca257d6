import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { grantedScopes } from '../../../core/model/caller.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { gatewayClient } from '../../fixtures/gateway-client.ts';
import { addKey } from '../../fixtures/platform-keys.ts';
import { Loop } from '../../fixtures/run-loop.ts';
import { readExample, runExample } from './run-example.ts';

/** A slip of the printed client: it reads members of answers that it has not parsed. */
const slips = ['mobileProfile.data.id', 'desktopProfile.data.id'];
const parsed = (slip: string): string => slip.replace(/^(\w+)\.data/, '(await $1.json()).data');
const printed = readExample(readFileSync(join(import.meta.dirname, 'example-2.md'), 'utf8'));
const code = slips.reduce((mended, slip) => mended.replaceAll(slip, parsed(slip)), printed);

/** Everything behind the API in memory. */
const openScene = async () => {
  const tracked: AcceptedEvent[] = [];
  const loop = new Loop({ overrides: () => ({ events: { put: async events => void tracked.push(...events) } }) });
  const key = await addKey(loop.services, { scopes: grantedScopes });
  const client = gatewayClient(key);
  const work = async () => {
    await loop.fold(tracked.splice(0));
    await loop.run();
    provideServices(loop.services);
  };
  provideServices(loop.services);
  return { loop, key, client, work };
};

const played = async () => {
  const scene = await openScene();
  const { loop, key, work } = scene;
  const before = async (request: string): Promise<void> => {
    loop.clock.advance(1000);
    if (request.endsWith('/merge')) await work();
  };
  await runExample(code, { key, now: () => loop.clock.at, before });
  await work();
  const [merge] = (await scene.client.listMerges()).items;
  if (!merge) throw new Error('there is no merge');
  return { ...scene, merge };
};

const viewsOf = async (client: ReturnType<typeof gatewayClient>, id: string) =>
  (await client.listProfileEvents({ params: { id } })).items.map(({ type }) => type);

test('the printed code has its slips mended, and nothing else is', () => {
  expect(slips.reduce((text, slip) => text.replaceAll(parsed(slip), slip), code)).toBe(printed);
});

test('Example 2 ends with one profile that has both devices and the whole history, whatever it is asked by', async () => {
  const { client, merge } = await played();
  expect((await client.listProfiles()).items).toHaveLength(1);
  for (const id of [merge.profileId, merge.mergedId]) {
    const profile = await client.getProfile({ params: { id } });
    expect(profile).toMatchObject({ id: merge.profileId, mergedFrom: [merge.mergedId] });
    expect(profile.attributes).toMatchObject({ firstName: 'John', email: 'customer@example.com', country: 'US' });
    expect(profile.externalIds.deviceIds?.toSorted()).toEqual(['device-desktop-789', 'device-mobile-123']);
    expect(await viewsOf(client, id)).toEqual(['product_view']);
  }
  const byDevice = await client.lookupProfile({ query: { type: 'deviceId', value: 'device-mobile-123' } });
  expect(byDevice.id).toBe(merge.profileId);
});

test('undone, both stand again, each with what came to it since', async () => {
  const { client, merge, work, loop } = await played();
  loop.clock.advance(1000);
  await client.trackEvent({
    body: { identifiers: [{ type: 'deviceId', value: 'device-mobile-123' }], type: 'add_to_cart' },
  });
  await client.trackEvent({ body: { profileId: merge.profileId, type: 'form_submit' } });
  await work();
  expect((await viewsOf(client, merge.mergedId)).sort()).toEqual(['add_to_cart', 'form_submit', 'product_view']);

  const asked = { params: { id: merge.id }, body: { reason: 'Two people' } };
  const { diff } = await client.unmergeProfiles({ ...asked, body: { ...asked.body, dryRun: true } });
  expect(diff).toMatchObject({ primary: { eventsSince: 1 }, secondary: { eventsSince: 1 } });
  expect((await client.listProfiles()).items).toHaveLength(1);

  expect(await client.unmergeProfiles(asked)).toMatchObject({ status: 'unmerged', unmergedId: merge.mergedId });
  await work();
  const mobile = await client.getProfile({ params: { id: merge.mergedId } });
  expect(mobile).toMatchObject({ id: merge.mergedId, externalIds: { deviceIds: ['device-mobile-123'] } });
  expect(mobile.attributes).not.toHaveProperty('firstName');
  expect((await viewsOf(client, merge.mergedId)).sort()).toEqual(['add_to_cart', 'product_view']);
  expect(await viewsOf(client, merge.profileId)).toEqual(['form_submit']);
  const everybody = await client.listEvents();
  const owners = new Map(everybody.items.map(({ type, profileId }) => [type, profileId]));
  expect(Object.fromEntries(owners)).toEqual({
    product_view: merge.mergedId,
    add_to_cart: merge.mergedId,
    form_submit: merge.profileId,
  });
});
