import { expect, test } from 'vitest';
import { exportPart } from '../../../../core/flows/export-part.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';

const people = [
  {
    email: 'ada@example.com',
    firstName: '=HYPERLINK("x")',
    phone: '+43 660 1234567',
    consent: { email: true, tracking: true, saleSharing: true },
  },
  { email: 'bob@example.com', firstName: 'Bob, the "second"', consent: { email: false } },
  { externalIds: { customerId: 'c-3' }, firstName: 'Cy', consent: { email: true } },
];

const open = async () => {
  const platform = await openPlatform();
  const { call, services } = platform;
  const { id } = (await call('createSegment', { body: { name: 'By hand', type: 'manual' } })).data;
  const ids: string[] = [];
  for (const body of people) ids.push((await call('createProfile', { body })).data.id);
  await call('addMembers', { params: { id }, body: { profileIds: ids } });
  const exported = (body: object, key?: string) =>
    call('exportSegment', { params: { id }, body: body as never, ...(key === undefined ? {} : { key }) });
  return { platform, call, services, id, ids, exported };
};

test('a table has what was asked for, and no cell that a spreadsheet runs', async () => {
  const { exported } = await open();
  const { status, data } = await exported({ format: 'csv', fields: ['email', 'firstName', 'computed.ltv'] });
  expect({ status, rows: data.rows, skipped: data.skipped }).toEqual({ status: 200, rows: 3, skipped: 0 });
  const [head, ...rows] = (data.content ?? '').trimEnd().split('\n');
  expect(head).toBe('email,firstName,computed.ltv');
  expect(rows.toSorted()).toEqual(
    [`,Cy,0`, `ada@example.com,"'=HYPERLINK(""x"")",0`, `bob@example.com,"Bob, the ""second""",0`].toSorted(),
  );
});

test('objects have the names that were asked for', async () => {
  const { exported } = await open();
  const { data } = await exported({ format: 'json', fields: ['customerId', 'attributes.firstName'] });
  expect(data.items).toContainEqual({ customerId: 'c-3', 'attributes.firstName': 'Cy' });
});

test('a purpose leaves out who has not agreed to it, and who is to be left alone', async () => {
  const { exported, call } = await open();
  const names = async () =>
    (await exported({ format: 'json', fields: ['firstName'], purpose: 'email' })).data.items?.map(one => one.firstName);
  expect((await names())?.toSorted()).toEqual(['=HYPERLINK("x")', 'Cy']);
  await call('addSuppressions', {
    body: {
      items: [{ identifier: { type: 'email', value: 'ada@example.com' } }],
      channels: ['email'],
      reason: 'asked',
    },
  });
  expect(await names()).toEqual(['Cy']);
});

const hash = /^[0-9a-f]{64}$/;
test.each([
  ['klaviyo', [{ email: 'ada@example.com', phone_number: '+436601234567' }]],
  ['mailchimp', [{ email_address: 'ada@example.com' }]],
  ['facebook', [{ EMAIL: expect.stringMatching(hash), PHONE: expect.stringMatching(hash) }]],
  ['google', [{ emailAddress: expect.stringMatching(hash) }]],
])('%s is given its own rows, of those alone who have agreed', async (format, rows) => {
  const { exported } = await open();
  const { status, data } = await exported({ format });
  expect(status).toBe(200);
  expect(data.items).toEqual(rows.map(row => expect.objectContaining(row)));
  expect(data).toMatchObject({ rows: 1, skipped: 2 });
});

test('who may not see who somebody is gets no rows for a platform, and of a table what they may see', async () => {
  const { exported, services } = await open();
  const fieldPolicy = { identifier: 'drop', contact: 'mask' } as const;
  const key = await addKey(services, { scopes: ['read', 'write'], fieldPolicy });
  expect((await exported({ format: 'facebook' }, key)).status).toBe(403);
  const { data } = await exported({ format: 'csv', fields: ['email', 'firstName', 'id'] }, key);
  expect(data.content).not.toContain('example.com');
  expect(data.content).toContain('***');
});

test.each([
  [{ format: 'csv', fields: ['computed.wealth'] }, 422],
  [{ format: 'facebook', fields: ['email'] }, 422],
  [{ format: 'xml' }, 422],
  [{ format: 'klaviyo', listId: 'a/b' }, 422],
])('%j is refused', async (body, status) => {
  const { exported } = await open();
  expect((await exported(body)).status).toBe(status);
});

const work = async ({ services, outbox }: Platform, jobId: string): Promise<void> => {
  const job = await services.jobs.get(jobId);
  let messages = Object.values(job?.pending ?? {}).map(place => ({ jobId, place }));
  while (messages.length > 0) {
    for (const message of messages) await exportPart(message, services);
    messages = outbox.sent.exportPart.splice(0);
  }
};

test('of more than are answered at once a job writes a file, with the same people in it', async () => {
  const { platform, exported, services, id } = await open();
  services.memberships.count = async () => 1001;
  const { status, data } = await exported({ format: 'klaviyo' });
  expect([status, data.status]).toEqual([202, 'running']);
  await work(platform, data.jobId ?? '');
  const { data: told } = await platform.call('getExport', { params: { id: data.jobId ?? '' } });
  expect(told).toMatchObject({ kind: 'members', status: 'completed', rows: 1 });
  expect(id).toMatch(/^segment-/);
});

test('where Klaviyo is connected, a list is an audience that is sent there, and the same one the next time', async () => {
  const { exported, call, services, id } = await open();
  const settings = {
    version: 1,
    settings: {},
    secrets: {},
    configuredAt: '2026-02-15T12:00:00.000Z',
    configuredBy: 'x',
  };
  await services.integrations.add({ id: 'klaviyo', ...settings });
  const { status, data } = await exported({ format: 'klaviyo', listId: 'XYZ1' });
  expect([status, data.status]).toEqual([202, 'running']);
  const audience = (await call('getAudience', { params: { id: data.audienceId ?? '' } })).data;
  expect(audience).toMatchObject({ segmentIds: [id], config: { klaviyo: { listId: 'XYZ1' } } });
  expect((await call('getJob', { params: { id: data.jobId ?? '' } })).data).toMatchObject({ kind: 'audience.sync' });
  const again = await exported({ format: 'klaviyo', listId: 'XYZ1' });
  expect([200, 202, 409]).toContain(again.status);
  expect((await call('listAudiences')).data.items).toHaveLength(1);
});
