import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { basePath } from '../../../core/contract/route.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import type { PlatformAnswer } from '../../fixtures/platform-answer.ts';
import { seedPlatform } from '../../fixtures/seed-platform.ts';
import { type PrintedOperation, readReference, routeOf } from './read-reference.ts';

const operations = readReference(readFileSync(join(import.meta.dirname, 'api-reference.md'), 'utf8'));

/** What can be run as it is printed: something is sent, asked for, or shown as the answer. */
const runnable = operations.filter(({ request, answer, query }) => (request ?? answer ?? query) !== '');

/** Operations that nothing serves yet. One that has come to be runs from then on: take it off. */
const waiting = ['POST /enrich/profile/:id', 'POST /enrich/batch'];

/** Served, but for a platform that nothing is sent to yet. */
const toFacebook = 'POST /audiences/:id/activate';

const served = runnable.filter(operation => routeOf(operation) !== undefined);
const named = (printed: string): PrintedOperation => {
  const found = operations.find(operation => operation.printed === printed);
  if (!found) throw new Error(`the reference does not print ${printed}`);
  return found;
};

let platform: Platform;

/** Ids that are printed for want of real ones. */
const real = (text: string): string =>
  text
    .replaceAll('profile-abc123', seedPlatform.ids.profiles ?? '')
    .replace(
      /^\/(profiles|segments|audiences)\/:id/,
      (_, capability: string) => `/${capability}/${seedPlatform.ids[capability]}`,
    );

/** Sends an operation as it is printed; only the key is added. */
const run = ({ method, path, query, request }: PrintedOperation): Promise<PlatformAnswer> => {
  const body = request === undefined ? {} : { body: real(request) };
  return platform.call(`${method} ${basePath}${real(path)}${query && `?${query}`}`, body);
};

beforeAll(() => expect(runnable.length).toBeGreaterThan(20));

beforeEach(async () => {
  platform = await openPlatform();
  await seedPlatform(platform);
  const { segments, audiences } = platform.services;
  const audience = await audiences.get('audience-123');
  if (audience) await audiences.add({ ...audience, id: 'audience-xyz789', version: 1 });
  const segment = await segments.get('segment-123');
  if (segment) await segments.add({ ...segment, id: 'segment-456', version: 1 });
});

describe('what waits', () => {
  test.each(waiting)('%s has no route yet', printed => {
    expect(routeOf(named(printed))?.id).toBeUndefined();
  });

  test('is exactly what is not served', () => {
    const without = runnable.filter(operation => routeOf(operation) === undefined);
    expect(without.map(({ printed }) => printed).toSorted()).toEqual(waiting.toSorted());
  });
});

describe('what is served answers a request as it is printed', () => {
  test.each(
    served.filter(({ printed }) => printed !== toFacebook).map(operation => [operation.printed, operation] as const),
  )('%s', async (_printed, operation) => {
    const { status, text } = await run(operation);
    expect({ status, text }).toEqual({ status: routeOf(operation)?.status, text: expect.any(String) });
  });

  test(`${toFacebook} says that Facebook is not connected yet`, async () => {
    const { data } = await platform.call('createAudience', { body: named('POST /audiences').request });
    const { request } = named(toFacebook);
    const { status, error } = await platform.call('activateAudience', { params: { id: data.id }, body: request });
    expect(status).toBe(422);
    expect(error.details).toEqual([{ path: 'body.platform', reason: 'is not connected yet' }]);
  });
});

/** The JSON without what is different each time: ids and times. */
const lasting = (json: string): unknown =>
  JSON.parse(json, (_name, value) =>
    typeof value === 'string'
      ? value.replace(/^profile-\w+$/, 'an id').replace(/^\d{4}-\d\d-\d\dT.*Z$/, 'a time')
      : value,
  );

const shapeOf = (json: string): unknown =>
  JSON.parse(json, (_name, value) => (typeof value === 'object' ? value : typeof value));

describe('and does what is printed', () => {
  test('the new profile is answered as it is printed', async () => {
    const operation = named('POST /profiles');
    expect(lasting((await run(operation)).text)).toEqual(lasting(operation.answer ?? ''));
  });

  test.each(['GET /health', 'GET /stats'])('%s answers in the printed shape', async printed => {
    const operation = named(printed);
    expect(shapeOf((await run(operation)).text)).toEqual(shapeOf(operation.answer ?? ''));
  });

  test('the purchase counts once, to the cent, although its time cannot be read', async () => {
    const operation = named('POST /events');
    const warnings = [expect.objectContaining({ code: 'TIMESTAMP_INVALID' })];
    expect((await run(operation)).data).toMatchObject({ status: 'accepted', warnings });
    await platform.foldEvents();
    const { data } = await platform.call('getProfile', { params: { id: seedPlatform.ids.profiles ?? '' } });
    expect(data.computed).toMatchObject({ ltv: 249.99, purchaseCount: 1 });
    expect(data.externalIds.deviceIds).toEqual(['device-mobile123']);
  });

  test('both events of the batch are in the timeline', async () => {
    expect((await run(named('POST /events/batch'))).data).toMatchObject({ accepted: 2, rejected: 0 });
    await platform.foldEvents();
    const { data } = await platform.call('listProfileEvents', { params: { id: seedPlatform.ids.profiles ?? '' } });
    expect(data.items.map(({ type }) => type).toSorted()).toEqual(['page_view', 'product_view']);
  });

  test.each(['POST /segments', 'POST /audiences'])('what %s makes reads back as it was sent', async printed => {
    const operation = named(printed);
    const { id } = (await run(operation)).data as { id: string };
    const list = printed === 'POST /segments' ? 'listSegments' : 'listAudiences';
    const { items } = (await platform.call(list)).data;
    expect(items.find(item => item.id === id)).toMatchObject(JSON.parse(operation.request ?? ''));
  });
});
