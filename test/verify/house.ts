import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { addEndpoint } from './house/generated-endpoint.ts';
import type { Verify } from './run.ts';

const root = join(import.meta.dirname, '../..');
const path = '/greetings';

const run = (directory: string, program: string, ...parameters: string[]): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: directory, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject).once('close', resolve);
  });

const cloneWithEndpoint = async (folder: string): Promise<string> => {
  const checkout = join(folder, 'clone');
  if ((await run(root, 'git', 'clone', '--quiet', root, checkout)) !== 0) throw new Error('git clone failed');
  if ((await run(checkout, 'npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund')) !== 0)
    throw new Error('npm ci failed');
  addEndpoint(checkout);
  return checkout;
};

const statusesOf = async (platform: RunningPlatform): Promise<Record<string, number>> => {
  const body = { name: 'Jane' };
  const status = async (sent: unknown, key?: string) => (await platform.call('POST', path, sent, key)).status;
  return {
    'no key': await status(body, ''),
    'write key': await status(body, platform.writeKey),
    'unknown field': await status({ ...body, unknown: true }),
    good: await status(body),
  };
};

const expected = { 'no key': 401, 'write key': 403, 'unknown field': 400, good: 200 };

const isDocumented = async (platform: RunningPlatform): Promise<boolean> => {
  const { json } = await platform.call('GET', '/openapi.json');
  return Object.hasOwn((json as { paths: object }).paths, '/api/cdp/greetings');
};

const isInTemplate = (platform: RunningPlatform): boolean => {
  const assembly = join(platform.stateDirectory, 'cdk.out');
  return readdirSync(assembly)
    .filter(file => file.endsWith('.template.json'))
    .some(file => readFileSync(join(assembly, file), 'utf8').includes('"POST /api/cdp/greetings"'));
};

const check = async (checkout: string): Promise<string[]> => {
  const platform = await startPlatform({ checkout });
  try {
    const statuses = await statusesOf(platform);
    return [
      ...(JSON.stringify(statuses) === JSON.stringify(expected) ? [] : [`answers ${JSON.stringify(statuses)}`]),
      ...((await isDocumented(platform)) ? [] : ['is not in the OpenAPI document']),
      ...(isInTemplate(platform) ? [] : ['is not in the template']),
    ];
  } finally {
    await platform.stop();
  }
};

/** Adds an endpoint to a fresh clone in three files: it works, is documented and placed, and every test passes there. */
export const verify: Verify = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdp-house-'));
  try {
    const checkout = await cloneWithEndpoint(folder);
    const faults = await check(checkout);
    if ((await run(checkout, 'npm', 'test')) !== 0) faults.push('npm test fails');
    const line =
      faults.length > 0
        ? `house: the new endpoint ${faults.join('; ')}`
        : 'house: an endpoint in 3 files answers 401, 403, 400, 200, is in OpenAPI and the template, and npm test passes';
    return { line, holds: faults.length === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
