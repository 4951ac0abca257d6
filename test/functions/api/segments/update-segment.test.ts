import { expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';

const over = (value: number) => ({
  operator: 'AND' as const,
  conditions: [{ field: 'computed.ltv', operator: '>' as const, value }],
});

const open = async () => {
  const platform = await openPlatform();
  const body = { name: 'Spenders', description: 'who spends', type: 'rule-based' as const, rules: over(5) };
  const { data: segment } = await platform.call('createSegment', { body });
  const update = (patch: object, headers = {}) =>
    platform.call('updateSegment', { params: { id: segment.id }, body: patch, headers });
  return { platform, segment, update };
};

test('other rules are a new version with a job that evaluates them', async () => {
  const { platform, segment, update } = await open();
  const { status, data, headers } = await update({ rules: over(50) });
  expect(status).toBe(200);
  expect(data).toMatchObject({ id: segment.id, name: 'Spenders', version: 2, rules: over(50) });
  expect(headers.etag).toBe('"2"');
  expect(data.jobId).not.toBe(segment.jobId);
  const { data: job } = await platform.call('getJob', { params: { id: data.jobId } });
  expect(job).toMatchObject({ kind: 'segment.evaluate', subjectId: segment.id, status: 'running' });
  expect(await platform.services.segments.get(segment.id)).toMatchObject({ rulesVersion: 2 });
});

test('another name is a new version, and nobody is evaluated for it', async () => {
  const { platform, segment, update } = await open();
  const { data } = await update({ name: 'Best', description: null });
  expect(data).toMatchObject({ name: 'Best', version: 2, jobId: segment.jobId });
  expect(data).not.toHaveProperty('description');
  expect(await platform.services.segments.get(segment.id)).toMatchObject({ rulesVersion: 1 });
  expect(await platform.services.jobs.all()).toHaveLength(1);
});

test('another type is held against everybody again', async () => {
  const { platform, segment, update } = await open();
  const { data } = await update({ type: 'behavioral' });
  expect(data).toMatchObject({ type: 'behavioral', version: 2 });
  expect(data.jobId).not.toBe(segment.jobId);
  expect(await platform.services.segments.get(segment.id)).toMatchObject({ rulesVersion: 2 });
});

test('what says what stands changes nothing', async () => {
  const { segment, update } = await open();
  const { data } = await update({ name: 'Spenders', rules: over(5) });
  expect(data).toMatchObject({ version: 1, updatedAt: segment.updatedAt });
});

test('an ETag of an earlier state is refused, that of now is taken', async () => {
  const { platform, segment, update } = await open();
  const { headers } = await platform.call('getSegment', { params: { id: segment.id } });
  expect((await update({ name: 'One' }, { 'if-match': String(headers.etag) })).status).toBe(200);
  const late = await update({ name: 'Two' }, { 'if-match': String(headers.etag) });
  expect([late.status, late.error.code]).toEqual([412, 'PRECONDITION_FAILED']);
});

test.each([
  [{ rules: { operator: 'AND', conditions: [{ field: 'computed.wealth', operator: '>', value: 1 }] } }, 422],
  [{ rules: { operator: 'AND', conditions: [] } }, 422],
  [{ version: 7 }, 400],
  [{ type: 'weather' }, 422],
])('%j is refused', async (patch, status) => {
  const { platform, segment, update } = await open();
  expect((await update(patch)).status).toBe(status);
  expect(await platform.services.segments.get(segment.id)).toMatchObject({ version: 1 });
});

test('a segment that is not there cannot be updated', async () => {
  const { platform } = await open();
  const answer = await platform.call('updateSegment', { params: { id: 'segment-none' }, body: { name: 'x' } });
  expect([answer.status, answer.error.code]).toEqual([404, 'NOT_FOUND']);
});
