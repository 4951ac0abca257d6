import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Step } from './read-tour.ts';

const cli = join(import.meta.dirname, '../../../bin/cdp.js');
const mark = '\u0001';

/** What tells the reader to put in something of their own, and is given by the environment here. */
const isOwnToFill = (command: string): boolean => command.startsWith('export CDP');

const script = (steps: readonly Step[]): string =>
  [
    `npx() { '${process.execPath}' '${cli}' "\${@:2}"; }`,
    ...steps.map(({ command }) => `printf '${mark}'\n${isOwnToFill(command) ? 'true' : command}`),
  ].join('\n');

const secondsMax = 100;

/**
 * Runs the commands in one shell in a folder; what each printed, in order.
 *
 * @throws Error with what was printed, when a command complains or they take longer than 100 s together
 */
export const runTour = async (
  steps: readonly Step[],
  folder: string,
  environment: Record<string, string>,
): Promise<string[]> => {
  const shell = spawn('bash', ['-s'], { cwd: folder, detached: true, env: { ...process.env, ...environment } });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
  }, secondsMax * 1000);
  shell.stdin.end(script(steps));
  const [out, problems] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  clearTimeout(timer);
  if (late) throw new Error(`the tour took longer than ${secondsMax} s; so far it printed:\n${out}`);
  if (problems.trim() !== '') throw new Error(`the tour printed on its error channel:\n${problems}`);
  return out
    .split(mark)
    .slice(1)
    .map(printed => printed.trimEnd());
};

/** Ids and times differ from run to run, and nothing else does. */
export const withoutChance = (printed: string): string =>
  printed
    .replace(/\b(profile|segment|event|job|batch)-[0-9a-z]{26}\b/g, '$1-…')
    .replace(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z\b/g, '<time>')
    .replace(/\b[0-9a-f]{16,64}\b/g, '<hash>')
    .replace(/\b\d+(\.\d+)? (ms|s)\b/g, '<duration>');
