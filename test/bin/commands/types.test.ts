import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';
import { runProgram } from '../run-program.ts';
import { testDirectory } from '../test-directory.ts';

const at = '2026-02-15T12:00:00.000Z';
const schema = {
  ...{
    eventType: 'form_submit',
    mode: 'observe',
    schema: { type: 'object' },
    version: 1,
    createdAt: at,
    updatedAt: at,
  },
  violations: { count: 0, examples: [] },
};

const run = async (...args: string[]) => {
  const { url } = await openTestServer(() => jsonAnswer(200, { success: true, data: { items: [schema] } }));
  return runProgram(['--url', url, '--key', 'key-1', 'types', ...args], testDirectory());
};

test('the plan is printed as TypeScript', async () => {
  const { code, stdout } = await run();
  expect(code).toBe(0);
  expect(stdout).toContain('export interface FormSubmitProperties');
});

test('it is written to a file', async () => {
  const file = join(testDirectory(), 'plan.ts');
  const { code, stdout } = await run('--out', file);
  expect([code, stdout]).toEqual([0, `${file}: types of the properties of 1 type of events.\n`]);
  expect(readFileSync(file, 'utf8')).toContain('export interface TrackingPlan');
});

test('a file that cannot be written is told', async () => {
  const { code, stderr } = await run('--out', join(testDirectory(), 'no', 'such', 'folder.ts'));
  expect(code).toBe(1);
  expect(stderr).toContain('--out');
});
