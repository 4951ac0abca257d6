import { gunzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { startParts } from '../../../../core/flows/start-parts.ts';
import { handler as exportPart } from '../../../../functions/queues/export-part.ts';
import { handler as project } from '../../../../functions/streams/project.ts';
import { lambdaContext } from '../../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform({ overrides: { readChanges: records => records as never } });
});

/** Works an export to its end as the queue would, every message twice. */
const work = async (jobId: string): Promise<void> => {
  const job = await platform.services.jobs.get(jobId);
  if (!job) throw new Error('there is no job');
  const { exportPart: waiting } = platform.outbox.sent;
  await startParts(job, platform.services.queues);
  while (waiting.length > 0) {
    const some = waiting.splice(0);
    const Records = [...some, ...some].map((message, n) => ({ messageId: String(n), body: JSON.stringify(message) }));
    const { batchItemFailures } = await exportPart({ Records } as never, lambdaContext);
    if (batchItemFailures.length > 0) throw new Error('the export failed');
    if (waiting.length > 4) throw new Error('messages become more and more');
  }
};

const run = async (body: object, key = platform.keys.admin) => {
  const { jobId } = (await platform.call('createExport', { body, key })).data;
  await work(jobId);
  const told = (await platform.call('getExport', { params: { id: jobId }, key })).data;
  const file = await platform.services.transfers.get(`exports/${jobId}/${told.kind}`);
  return { jobId, told, bytes: Buffer.from(file?.body ?? []) };
};

const create = (body: object) => platform.call('createProfile', { body });

test('profiles become CSV with a header, in which no cell is a formula', async () => {
  const formulas = ['=cmd()', '+1+1', '-2+3', '@SUM(A1)', '\tx', '\rx'];
  for (const [n, city] of formulas.entries()) {
    await create({
      customerId: `c${n}`,
      city,
      tags: ['a', 'b'],
      customFields: { plan: 'pro' },
      consent: { email: true },
    });
  }
  const { told, bytes } = await run({ kind: 'profiles', format: 'csv' });
  expect(told).toMatchObject({ status: 'completed', rows: 6, sizeBytes: bytes.length, url: expect.any(String) });
  const [header = '', ...lines] = bytes.toString().trimEnd().split('\n');
  expect(header).toMatch(/^id,externalIds.customerId,externalIds.email,/);
  expect(lines.join('\n')).not.toMatch(/(^|,)"?[=+\-@\t\r]/m);
  for (const city of ["'=cmd()", "'+1+1", "'-2+3", "'@SUM(A1)"]) expect(bytes.toString()).toContain(city);
  expect(lines[0]).toContain('a;b,"{""plan"":""pro""}"');
});

test('rules and fields choose; lines of JSON are gzipped and hold what there is', async () => {
  await create({ customerId: 'rich', city: 'Rome', customFields: { plan: 'pro' } });
  await create({ customerId: 'poor', customFields: { plan: 'free' } });
  const rules = {
    operator: 'AND',
    conditions: [{ field: 'attributes.customFields.plan', operator: '=', value: 'pro' }],
  };
  const fields = ['externalIds.customerId', 'attributes.customFields.plan', 'attributes.city', 'attributes.company'];
  const { told, bytes } = await run({ kind: 'profiles', format: 'jsonl', rules, fields });
  expect(told.rows).toBe(1);
  expect(JSON.parse(gunzipSync(bytes).toString())).toEqual({
    'externalIds.customerId': 'rich',
    'attributes.customFields.plan': 'pro',
    'attributes.city': 'Rome',
  });
});

test('the members of a segment are exported with the time at which they entered', async () => {
  const rules = { operator: 'AND', conditions: [{ field: 'attributes.city', operator: '=', value: 'Rome' }] };
  const segment = await platform.call('createSegment', { body: { name: 'Romans', type: 'rule-based', rules } });
  const { data: roman } = await create({ customerId: 'r', city: 'Rome' });
  await create({ customerId: 'x', city: 'Bath' });
  const at = new Date(platform.clock.at).toISOString();
  const decided = { profileVersion: 1, segmentVersion: 1, enteredAt: at };
  const decision = { profileId: roman.id, segmentId: segment.data.id, member: true, ...decided };
  await platform.services.memberships.decide(decision, undefined);
  const body = { kind: 'members', format: 'csv', segmentId: segment.data.id, fields: ['enteredAt', 'id', 'segments'] };
  const { told, bytes } = await run(body);
  expect(told.rows).toBe(1);
  expect(bytes.toString()).toBe(`enteredAt,id,segments\n${at},${roman.id},${segment.data.id}\n`);
});

test('events of a range come out of the lake as they came in', async () => {
  const event = (n: number, parts: object = {}) => ({
    ...{ messageId: `m-${n}`, identifiers: [{ type: 'customerId', value: 'a' }], type: 'page_view' },
    ...{ timestamp: `2026-02-0${n}T10:00:00.000Z`, properties: { path: `/${n}`, email: 'a@example.com' }, ...parts },
  });
  await platform.call('trackEvents', { body: { events: [event(1), event(2), event(3), event(4, { type: 'other' })] } });
  await platform.foldEvents();
  await project({ Records: platform.changes, shardId: 'shard-1' } as never, lambdaContext);
  const { told, bytes } = await run({
    ...{ kind: 'events', format: 'jsonl', startDate: '2026-02-02', endDate: '2026-02-04', types: ['page_view'] },
  });
  expect(told.rows).toBe(2);
  const lines = gunzipSync(bytes)
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(lines.map(({ messageId, properties }) => [messageId, properties])).toEqual([
    ['m-2', { path: '/2', email: 'a@example.com' }],
    ['m-3', { path: '/3', email: 'a@example.com' }],
  ]);
});

test('events become CSV with what they say in columns', async () => {
  const properties = { path: '/a', note: '=1+1' };
  const identifiers = [{ type: 'customerId', value: 'a' }];
  const timestamp = '2026-02-03T10:00:00.000Z';
  await platform.call('trackEvents', { body: { events: [{ identifiers, type: 'page_view', timestamp, properties }] } });
  await platform.foldEvents();
  await project({ Records: platform.changes, shardId: 'shard-1' } as never, lambdaContext);
  const fields = ['type', 'timestamp', 'properties.path', 'properties.note'];
  const { told, bytes } = await run({ kind: 'events', format: 'csv', fields });
  expect(told).toMatchObject({ kind: 'events', status: 'completed', rows: 1 });
  expect(bytes.toString()).toBe(`${fields.join(',')}\npage_view,${timestamp},/a,'=1+1\n`);
});

test('an export without a row is a file with a header', async () => {
  const { told, bytes } = await run({ kind: 'profiles', format: 'csv', fields: ['id', 'attributes.city'] });
  expect([told.rows, bytes.toString()]).toEqual([0, 'id,attributes.city\n']);
  expect(gunzipSync((await run({ kind: 'profiles', format: 'jsonl' })).bytes).toString()).toBe('');
});

test('nobody gets more than whoever asked may see, nor more than they may see themselves', async () => {
  await create({ customerId: 'customer-one', email: 'someone@example.com', gender: 'female', city: 'Rome' });
  const keyBody = { name: 'Analyst', scopes: ['read', 'write'], fieldPolicy: { contact: 'mask', sensitive: 'drop' } };
  const { key } = (await platform.call('createApiKey', { body: keyBody })).data;
  const fields = ['attributes.email', 'attributes.gender', 'attributes.city'];
  const masked = await run({ kind: 'profiles', format: 'csv', fields }, key);
  expect(masked.bytes.toString()).toBe(`${fields.join()}\ns***m,,Rome\n`);
  expect(masked.told.url).toEqual(expect.any(String));
  const whole = await run({ kind: 'profiles', format: 'csv', fields });
  expect(whole.bytes.toString()).toContain('someone@example.com,female,Rome');
  const asAnalyst = await platform.call('getExport', { params: { id: whole.jobId }, key });
  expect(asAnalyst.data).toMatchObject({ status: 'completed', rows: 1 });
  expect(asAnalyst.data.url).toBeUndefined();
});

test('an address expires, and a file that is gone has none', async () => {
  const { jobId, told } = await run({ kind: 'profiles', format: 'csv' });
  expect(Date.parse(told.expiresAt ?? '') - platform.clock.at).toBe(15 * 60_000);
  await platform.services.transfers.delete([`exports/${jobId}/profiles`]);
  const { data } = await platform.call('getExport', { params: { id: jobId } });
  expect([data.status, data.url, data.expiresAt]).toEqual(['completed', undefined, undefined]);
});

test.each([
  [{ kind: 'members' }, 422, 'body.segmentId'],
  [{ kind: 'members', segmentId: 'segment-none' }, 404, undefined],
  [{ fields: ['attributes.age'] }, 422, 'body.fields.0'],
  [{ fields: ['__proto__'] }, 422, 'body.fields.0'],
  [{ startDate: '2026-01-01' }, 422, 'body.kind'],
  [{ rules: { operator: 'AND', conditions: [{ field: 'nothing', operator: '=', value: 1 }] } }, 422, undefined],
])('%j is refused with %i', async (parts, status, path) => {
  const answer = await platform.call('createExport', { body: { kind: 'profiles', format: 'csv', ...parts } });
  expect(answer.status).toBe(status);
  if (path !== undefined) expect(answer.error.details[0]?.path).toBe(path);
});

test('who may only read exports nothing', async () => {
  const answer = await platform.call('createExport', {
    body: { kind: 'profiles', format: 'csv' },
    key: platform.keys.read,
  });
  expect(answer.status).toBe(403);
});
