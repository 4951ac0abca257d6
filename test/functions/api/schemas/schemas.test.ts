import { beforeEach, describe, expect, test } from 'vitest';
import { rememberedPlan } from '../../../../core/flows/tracking-plan.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { runRedrive } from '../../../fixtures/run-redrive.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const schema = { type: 'object', required: ['formId'], properties: { formId: { type: 'string' } } };
const set = (body: object, headers = {}, eventType = 'form_submit') =>
  platform.call('setSchema', { params: { eventType }, body: { schema, ...body }, headers });
const remove = () => platform.call('deleteSchema', { params: { eventType: 'form_submit' } });
const list = async () => (await platform.call('listSchemas')).data.items;

const bad = { type: 'form_submit', anonymousId: 'a-1', properties: { fields: 3 } };
const good = { ...bad, properties: { formId: 'f-1' } };
const track = (body: object = bad) => platform.call('trackEvent', { body, key: platform.keys.write });
const fault = { path: 'properties.formId', reason: 'is missing' };
const warning = { code: 'SCHEMA_VIOLATION', message: 'properties.formId is missing' };
const quarantined = async () => (await platform.call('listQuarantine')).data.items;

describe('the plan', () => {
  test('is set, read and changed; the same again changes nothing', async () => {
    const first = await set({ mode: 'warn', description: 'Forms' });
    expect(first.data).toMatchObject({
      eventType: 'form_submit',
      mode: 'warn',
      schema,
      version: 1,
      description: 'Forms',
    });
    expect((await set({ mode: 'warn', description: 'Forms' })).data.version).toBe(1);
    expect((await set({ mode: 'enforce' })).data).toMatchObject({ version: 2, mode: 'enforce' });
    expect(await list()).toMatchObject([
      { eventType: 'form_submit', version: 2, violations: { count: 0, examples: [] } },
    ]);
    expect((await list())[0]).not.toHaveProperty('description');
  });

  test('stands in the order of the names of types', async () => {
    for (const eventType of ['b', 'a b/c', 'c']) await set({}, {}, eventType);
    expect((await list()).map(({ eventType }) => eventType)).toEqual(['a b/c', 'b', 'c']);
  });

  test('is not changed by whoever read it before somebody else changed it', async () => {
    const { headers } = await set({});
    expect((await set({ mode: 'warn' }, { 'if-match': headers.etag ?? '' })).status).toBe(200);
    expect((await set({ mode: 'enforce' }, { 'if-match': headers.etag ?? '' })).status).toBe(412);
    expect((await set({}, { 'if-match': '"1"' }, 'other')).status).toBe(412);
  });

  test.each<[string, object, string]>([
    ['what is elsewhere', { properties: { a: { $ref: 'https://x.example' } } }, 'body.schema.properties.a.$ref'],
    ['what is no schema', { type: 'nonsense' }, 'body.schema'],
  ])('refuses %s and names the place', async (_name, given, path) => {
    const { status, error } = await set({ schema: given });
    expect([status, error.details[0]?.path]).toEqual([422, path]);
    expect(await list()).toEqual([]);
  });

  test('a type that is taken out is gone, with what was counted of it', async () => {
    await set({});
    await track();
    expect((await remove()).status).toBe(204);
    expect([await list(), await platform.services.planViolations.all()]).toEqual([[], []]);
    expect((await remove()).status).toBe(404);
    expect((await track()).data.warnings).toBeUndefined();
  });

  test('holds at most 200 types', async () => {
    const { schemas } = platform.services;
    const at = '2026-02-15T12:00:00.000Z';
    for (let n = 0; n < 200; n += 1) {
      await schemas.add({ id: `type-${n}`, version: 1, mode: 'observe', schema: '{}', createdAt: at, updatedAt: at });
    }
    expect((await set({})).error.details[0]?.path).toBe('params.eventType');
    expect((await set({}, {}, 'type-7')).status).toBe(200);
  });
});

describe('an event that is not as planned', () => {
  test('is counted while the plan observes, and has its effect', async () => {
    await set({ mode: 'observe' });
    expect((await track()).data.warnings).toBeUndefined();
    await track(good);
    await platform.foldEvents();
    expect(await quarantined()).toEqual([]);
    expect(await list()).toMatchObject([
      { violations: { count: 1, examples: [{ ...fault, at: '2026-02-15T12:00:00.000Z' }] } },
    ]);
  });

  test('is answered with a warning while the plan warns, alone and in its place in a batch', async () => {
    await set({ mode: 'warn' });
    expect((await track()).data.warnings).toEqual([warning]);
    const { data } = await platform.call('trackEvents', { body: { events: [good, bad] } });
    expect(data).toMatchObject({ accepted: 2, rejected: 0 });
    expect(data.results.map(({ warnings }) => warnings)).toEqual([undefined, [warning]]);
    await platform.foldEvents();
    expect(await quarantined()).toEqual([]);
  });

  test('is kept aside with the place while the plan enforces', async () => {
    await set({ mode: 'enforce' });
    const { status, data } = await track();
    expect([status, data.warnings]).toEqual([202, [warning]]);
    await track(good);
    await platform.foldEvents();
    expect(await quarantined()).toMatchObject([
      { id: data.id, reason: 'schema_violation', violations: [fault], event: { properties: bad.properties } },
    ]);
    const { data: profile } = await platform.call('lookupProfile', { query: { type: 'anonymousId', value: 'a-1' } });
    const { data: events } = await platform.call('listProfileEvents', { params: { id: profile.id } });
    expect(events.items).toHaveLength(1);
  });

  test('is judged the same way when it is redriven, whatever the plan says by then', async () => {
    await set({ mode: 'enforce' });
    await track();
    await platform.foldEvents();
    const again = await runRedrive(platform, { filter: {} });
    expect(again.result).toMatchObject({
      redriven: 0,
      stillQuarantined: 1,
      examples: [{ reason: 'schema_violation', detail: 'properties.formId: is missing' }],
    });
    const mended = await runRedrive(platform, { filter: {}, patch: { properties: { formId: 'f-2' } }, dryRun: true });
    expect(mended.result).toMatchObject({ redriven: 1, stillQuarantined: 0 });
    await set({ mode: 'warn' });
    platform.clock.advance(60_000);
    expect((await runRedrive(platform, { filter: {} })).result).toMatchObject({ redriven: 1 });
    await platform.foldEvents();
    expect(await quarantined()).toEqual([]);
  });

  test('is kept aside when an SDK sends it, too', async () => {
    await set({ mode: 'enforce' });
    const call = { type: 'track', event: 'form_submit', anonymousId: 'a-1', properties: {}, messageId: 'm-1' };
    const headers = { authorization: `Basic ${Buffer.from(`${platform.keys.write}:`).toString('base64')}` };
    const { status } = await platform.call('POST /v1/batch', { key: null, headers, body: { batch: [call] } });
    expect(status).toBe(200);
    await platform.foldEvents();
    expect(await quarantined()).toMatchObject([{ reason: 'schema_violation', violations: [fault] }]);
    expect((await list())[0]?.violations.count).toBe(1);
  });

  test('a change holds within 60 seconds', async () => {
    await track();
    await set({ mode: 'warn' });
    platform.clock.advance(60_000);
    expect((await track()).data.warnings).toEqual([warning]);
  });

  test('a schema that is taken out and set anew at once is the one that holds', async () => {
    await set({ mode: 'warn' });
    expect((await track()).data.warnings).toEqual([warning]);
    await remove();
    await set({ mode: 'warn', schema: { required: ['other'] } });
    platform.clock.advance(60_000);
    const told = (await track()).data.warnings;
    expect(told).toEqual([{ code: 'SCHEMA_VIOLATION', message: 'properties.other is missing' }]);
  });

  test('what was taken before the plan changed keeps its judgement on its way', async () => {
    await track();
    await set({ mode: 'enforce' });
    platform.clock.advance(60_000);
    await track();
    await remove();
    await platform.foldEvents();
    expect(await quarantined()).toMatchObject([{ reason: 'schema_violation', violations: [fault] }]);
    const { data: profile } = await platform.call('lookupProfile', { query: { type: 'anonymousId', value: 'a-1' } });
    const { data: events } = await platform.call('listProfileEvents', { params: { id: profile.id } });
    expect(events.items).toHaveLength(1);
  });

  test('events are taken as before while the plan cannot be read', async () => {
    await set({ mode: 'warn' });
    await track();
    const faults: unknown[] = [];
    let down = false;
    const { schemas } = platform.services;
    const all = async () => {
      if (down) throw new Error('away');
      return schemas.all();
    };
    const plan = rememberedPlan(
      { all },
      () => new Date(platform.clock.at),
      found => faults.push(found),
    );
    const before = await plan.get();
    down = true;
    platform.clock.advance(60_000);
    expect(await plan.get()).toBe(before);
    expect([before.size, faults.length]).toEqual([1, 1]);
  });
});

test('an event of another type may say anything', async () => {
  await set({ mode: 'enforce' });
  expect((await track({ ...bad, type: 'custom' })).data.warnings).toBeUndefined();
});
