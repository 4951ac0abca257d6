import { expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';

const open = async () => {
  const platform = await openPlatform();
  const rules = { operator: 'AND' as const, conditions: [{ field: 'computed.ltv', operator: '>' as const, value: 5 }] };
  const { data } = await platform.call('createSegment', { body: { name: 'Spenders', type: 'rule-based', rules } });
  const remove = (query = {}) => platform.call('deleteSegment', { params: { id: data.id }, query });
  return { platform, id: data.id, remove };
};

test('a deleted segment is gone at once, and a job clears what was kept of its members', async () => {
  const { platform, id, remove } = await open();
  const { status, data } = await remove();
  expect([status, data]).toEqual([200, { id, deleted: true, jobId: expect.stringMatching(/^job-/) }]);
  expect((await platform.call('getSegment', { params: { id } })).status).toBe(404);
  expect((await platform.call('listSegments')).data.items).toEqual([]);
  const { data: job } = await platform.call('getJob', { params: { id: data.jobId } });
  expect(job).toMatchObject({ kind: 'segment.clear', subjectId: id, status: 'running', progress: { total: 32 } });
  expect((await remove()).status).toBe(404);
});

test('what an audience uses is kept, and the answer names the audience; force deletes it all the same', async () => {
  const { platform, id, remove } = await open();
  const config = { webhook: { url: 'https://example.com/hook' } };
  const body = { name: 'Mailing', segmentIds: [id], platforms: ['webhook' as const], config };
  const { data: audience } = await platform.call('createAudience', { body });
  const refused = await remove();
  expect([refused.status, refused.error.code]).toEqual([409, 'CONFLICT']);
  expect(refused.error.details).toEqual([{ path: `audiences.${audience.id}`, reason: '"Mailing" uses it' }]);
  expect((await platform.call('getSegment', { params: { id } })).status).toBe(200);
  expect((await remove({ force: 'true' })).status).toBe(200);
});

test('what clears a deleted segment cannot be cancelled', async () => {
  const { platform, remove } = await open();
  const { data } = await remove();
  const { status, error } = await platform.call('cancelJob', { params: { id: data.jobId } });
  expect([status, error.code]).toEqual([409, 'CONFLICT']);
  expect((await platform.services.jobs.get(data.jobId))?.status).toBe('running');
});
