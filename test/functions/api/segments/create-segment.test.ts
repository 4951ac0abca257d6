import { expect, test } from 'vitest';
import { createSegment } from '../../../../core/contract/segments.ts';
import { openPlatform } from '../../../fixtures/open-platform.ts';

const rules = { operator: 'AND' as const, conditions: [{ field: 'computed.ltv', operator: '>' as const, value: 5 }] };
const body = { name: 'Spenders', type: 'rule-based' as const, rules };

test('the printed example makes a segment and the job that fills it', async () => {
  const platform = await openPlatform();
  const [example] = createSegment.examples;
  const { status, data } = await platform.call('createSegment', { body: example.body });
  expect(status).toBe(201);
  expect(data).toMatchObject({ ...example.body, version: 1, createdAt: '2026-02-15T12:00:00.000Z' });
  expect(data.id).toMatch(/^segment-/);
  expect((await platform.call('getJob', { params: { id: data.jobId } })).data).toMatchObject({
    kind: 'segment.evaluate',
    subjectId: data.id,
    status: 'running',
    progress: { done: 0, total: 16 },
  });
});

test.each([
  ['a field that profiles do not have', { field: 'computed.wealth', operator: '>', value: 1 }, 'field'],
  ['a value that cannot fit', { field: 'computed.ltv', operator: '>', value: '5' }, 'value'],
  ['a list where one value is due', { field: 'attributes.country', operator: '=', value: ['DE'] }, 'value'],
])('%s is refused with its path', async (_what, condition, place) => {
  const platform = await openPlatform();
  const answer = await platform.call('POST /api/cdp/segments', {
    body: { ...body, rules: { operator: 'OR', conditions: [...rules.conditions, condition] } },
  });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({
    error: { code: 'VALIDATION_FAILED', details: [{ path: `body.rules.conditions.1.${place}` }] },
  });
  expect((await platform.call('listSegments')).data.items).toEqual([]);
});

test.each([
  ['no rules', { ...body, rules: undefined }],
  ['an operator that there is not', { ...body, rules: { operator: 'XOR', conditions: rules.conditions } }],
  ['an unknown field', { ...body, parent: 'x' }],
  ['rules of no conditions', { ...body, rules: { operator: 'AND', conditions: [] } }],
  ['a type that there is not', { ...body, type: 'magic' }],
])('%s is refused', async (_what, given) => {
  const platform = await openPlatform();
  const answer = await platform.call('POST /api/cdp/segments', { body: given });
  expect([400, 422]).toContain(answer.status);
});

test('rules that are nested deeper than five levels are refused', async () => {
  const platform = await openPlatform();
  const nest = (levels: number): unknown =>
    levels === 0 ? rules.conditions[0] : { operator: 'AND', conditions: [nest(levels - 1)] };
  expect((await platform.call('POST /api/cdp/segments', { body: { ...body, rules: nest(5) } })).status).toBe(201);
  const answer = await platform.call('POST /api/cdp/segments', { body: { ...body, rules: nest(6) } });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ error: { details: [{ path: 'body.rules' }] } });
});
