import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { errorsOf, runImport, upload, workImport } from '../../../fixtures/run-import.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

/** Records of people as a registry has them: several of one person, some of them broken. */
const people = [
  'recordId,personId,firstName,lastName,birthDate,city,occupation',
  'R1-1,P1,arthur,englefield,1855-01-01,stockton-on-tees,painter',
  'R1-2,P1,art,,1855-01-01,stockton-on-tees,',
  'R2-1,P2,"anna, maria",brunt,1858-02-31,derby,weaver',
  'R3-1,,nobody,smith,1860-03-03,derby,',
  'R4-1,P4,zoë,o\'hara,1861-04-04,"castle\ndonington",=cmd()',
  'R5-1,P5,too,few',
].join('\n');

const mapping = {
  customerId: 'personId',
  firstName: 'firstName',
  lastName: 'lastName',
  birthDate: 'birthDate',
  city: 'city',
  'customFields.occupation': 'occupation',
};
const profiles = { kind: 'profiles' as const, format: 'csv' as const, mapping, source: 'registry' };

const counts = { read: 6, accepted: 3, duplicates: 0, rejected: 3, warnings: 0 };
const errors = [
  { row: 3, path: 'body.birthDate', reason: expect.any(String) },
  { row: 4, path: '', reason: 'names nobody: it has no identifier that can be used' },
  { row: 6, path: '', reason: 'has 4 fields; the header names 7 columns' },
];

const find = async (customerId: string) => {
  const answer = await platform.call('lookupProfile', { query: { type: 'customerId', value: customerId } });
  return answer.status === 404 ? undefined : answer.data;
};

test('a dry run judges every row, names those that would not be taken, and changes nothing', async () => {
  const told = await runImport(platform, { ...profiles, dryRun: true }, people);
  expect(told).toMatchObject({ status: 'completed', dryRun: true, counts, errors });
  expect(await find('P1')).toBeUndefined();
  expect((await platform.call('listProfiles')).data.items).toEqual([]);
});

test('an import comes to what its dry run said; of one person the later row stands where it says something', async () => {
  const told = await runImport(platform, profiles, people);
  expect(told).toMatchObject({ status: 'completed', dryRun: false, counts, errors });
  expect(told.progress).toEqual({ done: Buffer.byteLength(people), total: Buffer.byteLength(people) });
  expect((await find('P1'))?.attributes).toMatchObject({
    ...{ firstName: 'art', lastName: 'englefield', birthDate: '1855-01-01', city: 'stockton-on-tees' },
    customFields: { occupation: 'painter' },
  });
  expect((await find('P4'))?.attributes).toMatchObject({ firstName: 'zoë', city: 'castle\ndonington' });
  expect((await platform.call('listProfiles')).data.items).toHaveLength(2);
});

test('the rows that were not taken can be downloaded, mended and imported again', async () => {
  const told = await runImport(platform, profiles, people);
  expect(told.errorFile).toMatchObject({ url: expect.stringContaining('errors') });
  const text = (await errorsOf(platform, told.id)) ?? '';
  expect(text.split('\n').slice(0, 2)).toEqual([
    'recordId,personId,firstName,lastName,birthDate,city,occupation,row,path,reason',
    expect.stringMatching(/^R2-1,P2,"anna, maria",brunt,1858-02-31,derby,weaver,3,body.birthDate,/),
  ]);
  expect(text.trimEnd().split('\n')).toHaveLength(4);
  const mended = text.replace('1858-02-31', '1858-02-28');
  const again = await runImport(platform, profiles, mended);
  expect(again.counts).toMatchObject({ read: 3, accepted: 2, rejected: 1 });
  expect((await find('P2'))?.attributes.firstName).toBe('anna, maria');
});

test('the errors file is only for those who may see whole rows', async () => {
  const { id } = await runImport(platform, profiles, people);
  const asAdmin = await platform.call('getImport', { params: { id } });
  const body = { name: 'Reports', scopes: ['read'], fieldPolicy: { sensitive: 'drop' } };
  const { key } = (await platform.call('createApiKey', { body })).data;
  const asAnalyst = await platform.call('getImport', { params: { id }, key });
  expect(asAdmin.data.errorFile).toBeDefined();
  expect(asAnalyst.data).toMatchObject({ counts });
  expect(asAnalyst.data.errorFile).toBeUndefined();
});

test('what was said after the import began is not undone by it, and what was said before is', async () => {
  const before = await platform.call('createProfile', { body: { customerId: 'P1', firstName: 'before' } });
  const { jobId } = (await platform.call('createImport', { body: profiles })).data;
  await upload(platform, jobId, people);
  platform.clock.advance(1000);
  await platform.call('startImport', { params: { id: jobId } });
  platform.clock.advance(1000);
  const body = { attributes: { lastName: 'meanwhile' } };
  await platform.call('updateProfile', { params: { id: before.data.id }, body });
  await workImport(platform, jobId);
  expect((await find('P1'))?.attributes).toMatchObject({ firstName: 'art', lastName: 'meanwhile' });
});

test('two rows that claim one identifier for two customers: the second is refused, in the dry run, too', async () => {
  const rows = 'customer,mail\na,one@example.com\nb,one@example.com\nb,two@example.com\n';
  const body = {
    kind: 'profiles' as const,
    format: 'csv' as const,
    mapping: { customerId: 'customer', email: 'mail' },
  };
  for (const dryRun of [true, false]) {
    const told = await runImport(platform, { ...body, dryRun }, rows);
    expect(told.counts).toMatchObject({ accepted: 2, rejected: 1 });
    expect(told.errors).toMatchObject([{ row: 2 }]);
  }
});

test('events are put on the stream once each, strictly judged, with numbers where they are asked for', async () => {
  const rows = 'customer,date,amount,quantity\na,2026-01-05,12.50,2\na,someday,1,1\nb,2026-01-06,-3,1\n';
  const told = await runImport(
    platform,
    {
      kind: 'events',
      format: 'csv',
      mapping: {
        type: { value: 'purchase' },
        customerId: 'customer',
        timestamp: 'date',
        'properties.amount': 'amount',
        'properties.quantity': { column: 'quantity', as: 'number' },
      },
    },
    rows,
  );
  expect(told.counts).toEqual({ read: 3, accepted: 1, duplicates: 0, rejected: 2, warnings: 0 });
  expect(told.errors.map(({ row, path }) => [row, path])).toEqual([
    [2, 'timestamp'],
    [3, 'properties.amount'],
  ]);
  expect(platform.outbox.events).toMatchObject([
    { type: 'purchase', messageId: `${told.id}-0000000001`, properties: { amount: '12.50', quantity: 2 } },
  ]);
  await platform.foldEvents();
  expect((await find('a'))?.computed).toMatchObject({ ltv: 12.5, purchaseCount: 1 });
});

test('lines of JSON are taken as the API takes them, and one that is broken is named', async () => {
  const lines = [
    { type: 'page_view', identifiers: [{ type: 'customerId', value: 'a' }], messageId: 'mine' },
    { type: 'page_view', identifiers: [{ type: 'customerId', value: 'a' }], messageId: 'mine' },
    { type: 'page_view', wrong: 1 },
  ].map(line => JSON.stringify(line));
  const told = await runImport(platform, { kind: 'events', format: 'jsonl' }, [...lines, '{"type":'].join('\n'));
  expect(told.counts).toMatchObject({ read: 4, accepted: 1, duplicates: 1, rejected: 2 });
  expect(told.errors).toMatchObject([
    { row: 3, path: expect.stringContaining('wrong') },
    { row: 4, path: '', reason: expect.stringContaining('is not JSON') },
  ]);
  expect(platform.outbox.events.map(({ messageId }) => messageId)).toEqual(['mine']);
  expect(await errorsOf(platform, told.id)).toContain('"row":3');
});

test('rows that say the same are one where this is wanted, over imports, too', async () => {
  const rows = 'customer\na\na\nb\n';
  const body = {
    kind: 'events' as const,
    format: 'csv' as const,
    mapping: { type: { value: 'visit' }, customerId: 'customer' },
    dedupe: 'content' as const,
  };
  expect((await runImport(platform, body, rows)).counts).toMatchObject({ accepted: 2, duplicates: 1 });
  await runImport(platform, body, rows);
  await platform.foldEvents();
  const owner = (await find('a'))?.id ?? '';
  const { items } = (await platform.call('listProfileEvents', { params: { id: owner } })).data;
  expect(items).toHaveLength(1);
});

test('consents come with who says so, on record', async () => {
  const rows = 'mail,news\na@example.com,yes\nb@example.com,perhaps\nc@example.com,\n';
  const mapping = { email: 'mail', 'consent.email': 'news' };
  const told = await runImport(platform, { kind: 'consents', format: 'csv', mapping, source: 'form 2026' }, rows);
  expect(told.counts).toMatchObject({ accepted: 1, rejected: 2 });
  expect(told.errors.map(({ path }) => path)).toEqual(['consent.email', 'consent']);
  expect(platform.outbox.events).toMatchObject([{ type: 'consent', consent: { email: true }, source: 'form 2026' }]);
});

test('of CSV without a mapping the columns that bear the name of a field are taken', async () => {
  const told = await runImport(
    platform,
    { kind: 'profiles', format: 'csv' },
    '\uFEFFemail;unknown;city\na@b.co;x;Köln\n',
  );
  expect(told.counts).toMatchObject({ accepted: 1 });
  const { data } = await platform.call('lookupProfile', { query: { type: 'email', value: 'a@b.co' } });
  expect(data.attributes).toMatchObject({ city: 'Köln' });
});

test.each([
  ['a column that is not there', { mapping: { email: 'mail' } }, 'e-mail\na@b.co\n', 'has no column “mail”'],
  ['nobody', {}, 'city\nX\n', 'Say who it is'],
  ['an empty file', {}, '', 'is empty'],
])('a file with %s fails as a whole, and says why', async (_name, parts, content, message) => {
  const told = await runImport(platform, { kind: 'profiles', format: 'csv', ...parts }, content);
  expect(told).toMatchObject({ status: 'failed', error: expect.stringContaining(message), counts: { read: 0 } });
});

test('bytes that are no UTF-8 spoil their own row only', async () => {
  const bytes = Buffer.concat([Buffer.from('email,city\na@b.co,'), Buffer.from([0xfc]), Buffer.from('\nb@b.co,ü\n')]);
  const told = await runImport(platform, { kind: 'profiles', format: 'csv' }, bytes);
  expect(told.counts).toMatchObject({ accepted: 1, rejected: 1 });
  expect(told.errors).toMatchObject([{ row: 1, reason: expect.stringContaining('UTF-8') }]);
});

test('an import without its file cannot begin; one that has begun is begun once', async () => {
  const { jobId } = (await platform.call('createImport', { body: profiles })).data;
  expect((await platform.call('getImport', { params: { id: jobId } })).data.status).toBe('waiting');
  const early = await platform.call('startImport', { params: { id: jobId } });
  expect([early.status, early.error.code]).toEqual([409, 'CONFLICT']);
  await upload(platform, jobId, people);
  await platform.call('startImport', { params: { id: jobId } });
  const version = (await platform.services.jobs.get(jobId))?.version;
  expect((await platform.call('startImport', { params: { id: jobId } })).status).toBe(202);
  expect((await platform.services.jobs.get(jobId))?.version).toBe(version);
});

test('a cancelled import takes nothing, whether it waits or runs', async () => {
  const { jobId } = (await platform.call('createImport', { body: profiles })).data;
  await upload(platform, jobId, people);
  await platform.call('cancelJob', { params: { id: jobId } });
  expect((await platform.call('startImport', { params: { id: jobId } })).status).toBe(409);
  const other = (await platform.call('createImport', { body: profiles })).data.jobId;
  await upload(platform, other, people);
  await platform.call('startImport', { params: { id: other } });
  await platform.call('cancelJob', { params: { id: other } });
  await workImport(platform, other);
  expect((await platform.call('getImport', { params: { id: other } })).data).toMatchObject({
    status: 'cancelled',
    counts: { read: 0 },
  });
  expect(await find('P1')).toBeUndefined();
});

test.each([
  [{ mapping: { age: 'x' } }, 'body.mapping.age'],
  [{ mapping: { email: 'x', 'properties.__proto__.x': 'x' } }, 'body.mapping.properties.__proto__.x'],
  [{ mapping: { city: 'x' } }, 'body.mapping'],
  [{ kind: 'events', mapping: { email: 'x' } }, 'body.mapping'],
  [{ mapping: { email: 'x', city: { column: 'y', as: 'number' } } }, 'body.mapping.city'],
  [{ format: 'jsonl', mapping: { email: { value: 'a@b.co' } } }, 'body.mapping'],
])('%j is refused at once, at %s', async (parts, path) => {
  const answer = await platform.call('createImport', { body: { kind: 'profiles', format: 'csv', ...parts } });
  expect([answer.status, answer.error.details[0]?.path]).toEqual([422, path]);
});

test('who may only read imports nothing', async () => {
  const answer = await platform.call('createImport', { body: profiles, key: platform.keys.read });
  expect(answer.status).toBe(403);
});
