import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'node_modules/vitest/vitest.mjs');

/** How many tests did what. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface TestRun {
  counts: Counts;
  /** The counts of some files alone; paths or parts of them. */
  ofFiles(files: readonly string[]): Counts;
}

interface Report {
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

const spawnVitest = (parameters: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...parameters], { cwd: root, stdio: 'inherit' });
    child.once('error', reject).once('close', code => resolve(code ?? 1));
  });

/** A file that could not be loaded has no tests of its own, and still is a failure. */
const countsOf = (results: Report['testResults']): Counts => {
  const statuses = results.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const broken = results.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  const passed = statuses.filter(status => status === 'passed').length;
  const failed = statuses.filter(status => status === 'failed').length + broken.length;
  return { passed, failed, skipped: statuses.length + broken.length - passed - failed };
};

/** Runs tests once. What goes wrong outside every test (an unhandled error, a crash) counts as one failure. */
export const runVitest = async (flags: readonly string[], names: readonly string[]): Promise<TestRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'cdp-tests-'));
  const file = join(folder, 'report.json');
  try {
    const code = await spawnVitest([
      'run',
      ...flags,
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${file}`,
      ...names,
    ]);
    const { testResults }: Report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
    const ofFiles = (files: readonly string[]): Counts =>
      countsOf(testResults.filter(({ name }) => files.some(part => relative(root, name).includes(part))));
    const counts = countsOf(testResults);
    const stray = code !== 0 && counts.failed === 0 ? 1 : 0;
    return { counts: { ...counts, failed: counts.failed + stray }, ofFiles };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Runs tests again whenever a file changes, until it is ended. */
export const watchTests = (names: readonly string[]): Promise<number> => spawnVitest(['watch', ...names]);
