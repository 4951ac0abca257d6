import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface CliResult {
  /** The exit code; `null` where a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningCli {
  process: ChildProcess;
  ended: Promise<CliResult>;
}

interface CliOptions {
  /** Where it runs and keeps its state. */
  directory: string;
  env?: Record<string, string>;
}

const entry = join(import.meta.dirname, '../../bin/cdp.js');

/** Starts `cdp …` as a process of its own. */
export const startCli = (args: readonly string[], { directory, env = {} }: CliOptions): RunningCli => {
  const { CDP_KEY: _key, CDP_ADMIN_KEY: _adminKey, PORT: _port, ...inherited } = process.env;
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: directory,
    env: { ...inherited, CDP_STATE_DIR: join(directory, 'state'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exit = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  const output = Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { process: child, ended: output.then(([stdout, stderr, code]) => ({ code, stdout, stderr })) };
};

/** Runs `cdp …` to its end. */
export const runCli = (args: readonly string[], options: CliOptions): Promise<CliResult> =>
  startCli(args, options).ended;
