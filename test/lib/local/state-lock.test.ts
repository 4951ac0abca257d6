import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockState } from '../../../lib/local/state-lock.ts';

const stateDirectory = (): string => mkdtempSync(join(tmpdir(), 'cdp-lock-'));

test('a state directory has one user at a time', () => {
  const directory = stateDirectory();
  const release = lockState(directory);
  expect(() => lockState(directory)).toThrow(String(process.pid));
  release();
  lockState(directory)();
  expect(existsSync(join(directory, 'lock'))).toBe(false);
});

test('the lock of a process that was killed is taken over', async () => {
  const directory = stateDirectory();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const { pid } = child;
  child.kill('SIGKILL');
  await once(child, 'exit');
  writeFileSync(join(directory, 'lock'), `${pid} 12345`);
  const release = lockState(directory);
  expect(() => lockState(directory)).toThrow(String(process.pid));
  release();
});

test('the lock of another process with the same id as a dead one is taken over', () => {
  const directory = stateDirectory();
  writeFileSync(join(directory, 'lock'), `${process.pid} 1`);
  lockState(directory)();
  expect(existsSync(join(directory, 'lock'))).toBe(false);
});
