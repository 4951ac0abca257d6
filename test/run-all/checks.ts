import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A check of the source as a whole. */
export interface Check {
  name: string;
  /** A program of `node_modules/.bin` and its arguments. */
  command: readonly [string, ...string[]];
}

export const checks: readonly Check[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'types of the console', command: ['tsc', '--noEmit', '--project', 'console'] },
  { name: 'lint and format', command: ['biome', 'ci', '--colors=off', '.'] },
  {
    name: 'architecture',
    command: ['depcruise', '--config', '.dependency-cruiser.mjs', 'bin', 'core', 'functions', 'lib', 'test', 'console'],
  },
  { name: 'unused code', command: ['knip'] },
];

/** Runs a check; prints what it said only when it failed. */
export const runCheck = async ({ name, command: [program, ...parameters] }: Check): Promise<boolean> => {
  const started = performance.now();
  const child = spawn(join(root, 'node_modules/.bin', program), parameters, { cwd: root });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      said += String(chunk);
    });
  }
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)${code === 0 ? '' : `\n${said}`}`);
  return code === 0;
};
