import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockState } from '../../../lib/local/state-lock.ts';
import { runCli } from '../run-cli.ts';
import { runProgram } from '../run-program.ts';
import { testDirectory } from '../test-directory.ts';

const open = () => {
  const directory = testDirectory();
  const state = join(directory, 'state');
  mkdirSync(state);
  writeFileSync(join(state, 'keys.json'), '{}');
  return { directory, state };
};

test('the state of a platform that does not run is removed, and a second time there is nothing to do', async () => {
  const { state } = open();
  expect(await runProgram(['reset'], state)).toMatchObject({ code: 0, stdout: expect.stringContaining('Cleared') });
  expect(existsSync(state)).toBe(false);
  expect((await runProgram(['reset'], state)).stdout).toContain('there is nothing to clear');
});

test('the state of a platform that runs is refused and stays', async () => {
  const { directory, state } = open();
  const release = lockState(state);
  const { code, stderr } = await runCli(['reset'], { directory });
  release();
  expect(code).toBe(1);
  expect(stderr).toContain(`is in use by process ${process.pid}`);
  expect(existsSync(join(state, 'keys.json'))).toBe(true);
});
