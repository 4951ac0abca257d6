import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openClient } from '../../core/contract/client.ts';
import { runProgram } from '../bin/run-program.ts';
import { testDirectory } from '../bin/test-directory.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';

let platform: RunningPlatform;
let client: Client;
beforeAll(async () => {
  platform = await startPlatform();
  client = openClient({ baseUrl: platform.url, key: platform.adminKey });
});
afterAll(() => platform?.stop());

/** Records of people as a registry has them: several of one person, one in ten with a date that is none. */
const rows = 300;
const lineOf = (n: number): string => {
  const birthDate = n % 10 === 9 ? '1855-02-30' : `18${10 + (n % 80)}-01-01`;
  return `R${n},P${n % 100},name ${n},"o'hara, ${n}",${birthDate},stockton-on-tees,ts1 ${n % 9}sh,male,painter`;
};
const header = 'recordId,personId,firstName,lastName,birthDate,city,postalCode,gender,occupation';
const file = `${header}\n${Array.from({ length: rows }, (_, n) => lineOf(n)).join('\n')}\n`;
const rejected = rows / 10;

const mapping = {
  ...{ customerId: 'personId', firstName: 'firstName', lastName: 'lastName', birthDate: 'birthDate', city: 'city' },
  ...{ postalCode: 'postalCode', gender: 'gender', 'customFields.occupation': 'occupation' },
};

type Told = Awaited<ReturnType<Client['getImport']>>;

const importFile = async (dryRun: boolean): Promise<Told> => {
  const body = { kind: 'profiles' as const, format: 'csv' as const, mapping, dryRun, fileName: 'people.csv' };
  const { jobId, uploadUrl } = await client.createImport({ body });
  const uploaded = await fetch(uploadUrl, { method: 'PUT', body: file });
  expect(uploaded.status).toBe(200);
  await client.startImport({ params: { id: jobId } });
  let told: Told | undefined;
  await until('the import', async () => {
    told = await client.getImport({ params: { id: jobId } });
    return told.status !== 'running';
  });
  if (!told) throw new Error('the import tells nothing');
  return told;
};

type People = Awaited<ReturnType<Client['listProfiles']>>;
const changes = ({ items }: People) => items.map(({ id, updatedAt }) => [id, updatedAt]);
const said = ({ items }: People) => items.map(({ id, attributes }) => [id, attributes]);

const counts = { read: rows, accepted: rows - rejected, duplicates: 0, rejected, warnings: 0 };

test('a dry run tells which rows would not be taken, and nobody is there afterwards', async () => {
  const told = await importFile(true);
  expect(told).toMatchObject({ status: 'completed', counts });
  expect(told.errors[0]).toMatchObject({ row: 10, path: 'body.birthDate' });
  expect((await client.listProfiles()).items).toEqual([]);
});

test('the import comes to the same, and the rows that were not taken can be downloaded', async () => {
  const told = await importFile(false);
  expect(told).toMatchObject({ status: 'completed', counts, progress: { done: file.length, total: file.length } });
  const errors = await fetch(told.errorFile?.url ?? '');
  expect(errors.headers.get('content-disposition')).toContain('errors.csv');
  const lines = (await errors.text()).trimEnd().split('\n');
  expect([lines[0], lines.length]).toEqual([`${header},row,path,reason`, rejected + 1]);
  await until('everybody', async () => (await client.getStats()).totalProfiles === 100 - rejected / 3);
});

test('the command line uploads a file, shows the rows that are not taken, and keeps them', async () => {
  const directory = testDirectory();
  const [people, errors] = [join(directory, 'people.csv'), join(directory, 'people.errors.csv')];
  writeFileSync(people, file);
  const columns = 'customerId=personId,firstName=firstName,lastName=lastName,birthDate=birthDate';
  const given = ['--url', platform.url, '--key', platform.adminKey, 'import', people, '--as', 'profiles', '--upload'];
  const run = (...more: string[]) =>
    runProgram([...given, '--map', columns, '--errors', errors, ...more], join(directory, 'state'));
  const dry = await run('--dry-run');
  expect(dry).toMatchObject({ code: 1, stderr: '' });
  expect(dry.stdout).toContain(`${rows} rows read: ${rows - rejected} accepted, 0 duplicates, ${rejected} rejected.`);
  expect(dry.stdout).toMatch(/row 10, body\.birthDate: .*\n/);
  expect(readFileSync(errors, 'utf8').trimEnd().split('\n')).toHaveLength(rejected + 1);
  const before = await client.listProfiles();
  expect(await run('--allow-errors')).toMatchObject({ code: 0, stderr: '' });
  const imported = await client.listProfiles();
  expect(imported.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
  const again = await run('--allow-errors');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('has this file already');
  expect(again.stdout).toContain(`${rows} rows read: ${rows - rejected} accepted`);
  expect(changes(await client.listProfiles())).toEqual(changes(imported));
  expect((await run('--allow-errors', '--fresh')).stdout).not.toContain('already');
  const fresh = await client.listProfiles();
  expect(changes(fresh)).not.toEqual(changes(imported));
  expect(said(fresh)).toEqual(said(imported));
});

test('everybody who was imported is exported, by an address that tells the name of the file', async () => {
  const body = {
    kind: 'profiles' as const,
    format: 'jsonl' as const,
    fields: ['externalIds.customerId', 'attributes.city'],
  };
  const { jobId } = await client.createExport({ body });
  let url: string | undefined;
  await until('the export', async () => {
    const told = await client.getExport({ params: { id: jobId } });
    url = told.url;
    return told.status === 'completed';
  });
  const answer = await fetch(url ?? '');
  expect(answer.headers.get('content-disposition')).toContain('profiles-');
  const lines = gunzipSync(Buffer.from(await answer.arrayBuffer()))
    .toString()
    .trimEnd()
    .split('\n');
  const people = lines.map(line => JSON.parse(line) as Record<string, string>);
  expect(new Set(people.map(one => one['externalIds.customerId'])).size).toBe(people.length);
  expect(people).toHaveLength(100 - rejected / 3);
});
