import { expect, test } from 'vitest';
import { openProgram } from '../../bin/program.ts';
import { runCli } from './run-cli.ts';
import { runProgram } from './run-program.ts';
import { testDirectory } from './test-directory.ts';

test('the program names every command, and every command explains itself with the global options', () => {
  const program = openProgram();
  expect(program.commands.map(command => command.name())).toEqual([
    'demo',
    'import',
    'integrations',
    'keys',
    'quarantine',
    'reconcile',
    'reset',
    'types',
  ]);
  for (const command of program.commands) {
    expect(command.description()).not.toBe('');
    expect(command.helpInformation()).toMatch(/Global Options:\s+--url <url>/);
  }
});

test('`cdp import --help` shows examples', async () => {
  const { code, stdout } = await runCli(['import', '--help'], { directory: testDirectory() });
  expect(code).toBe(0);
  for (const word of ['--map <field=column,…>', 'Examples:', 'consent.email']) expect(stdout).toContain(word);
});

test('an unknown command is a usage error', async () => {
  const { code, stderr } = await runCli(['exprot'], { directory: testDirectory() });
  expect(code).toBe(1);
  expect(stderr).toContain("unknown command 'exprot'");
});

test.each([
  ['nobody listens', ['--url', 'http://127.0.0.1:9', '--key', 'k', 'keys', 'list'], 'Start it with `npm start`'],
  ['there is no key', ['keys', 'list'], 'No API key: give one with --key or CDP_KEY'],
  ['the address is none', ['--url', 'localhost', '--key', 'k', 'keys', 'list'], '--url localhost is not a URL'],
])('where %s, one message says what to do', async (_name, args, message) => {
  const { code, stderr } = await runProgram(args, testDirectory());
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});
