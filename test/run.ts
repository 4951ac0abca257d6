/**
 * `npm test [-- <what>]`: everything, or what is named.
 *
 * - nothing: types, lint, architecture, unused code, then every test
 * - `customer-data-platform`: the product's suites, by name
 * - `--coverage`, `--watch`, a file or a part of its path: as vitest takes them
 *
 * The last line counts what passed and what failed; the exit code is 1 when anything did.
 */
import { checks, runCheck } from './run-all/checks.ts';
import { suites } from './run-all/suites.ts';
import { type Counts, runVitest, watchTests } from './run-all/vitest.ts';

const words = process.argv.slice(2);
const flags = words.filter(word => word.startsWith('-'));
const names = words.filter(word => !word.startsWith('-'));
const product = names.some(name => /^customer-data-platform(\.test\.[jt]s)?$/.test(name));

const add = (left: Counts, right: Counts): Counts => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  skipped: left.skipped + right.skipped,
});

const runSuites = async (): Promise<Counts> => {
  const whole = await runVitest(
    flags,
    suites.flatMap(({ files }) => files),
  );
  for (const suite of suites) {
    const own = whole.ofFiles(suite.files);
    const line =
      own.passed + own.failed === 0 ? 'comes with its capability' : `${own.passed} passed, ${own.failed} failed`;
    console.log(`${suite.name}: ${line}`);
  }
  return whole.counts;
};

const runEverything = async (): Promise<Counts> => {
  const outcomes = await Promise.all(checks.map(runCheck));
  const failed = outcomes.filter(passed => !passed).length;
  const tests = await runVitest(flags, []);
  return add({ passed: outcomes.length - failed, failed, skipped: 0 }, tests.counts);
};

if (flags.includes('--watch')) process.exit(await watchTests(names));
const counts = product
  ? await runSuites()
  : names.length > 0
    ? (await runVitest(flags, names)).counts
    : await runEverything();
if (counts.skipped > 0) console.log(`${counts.skipped} SKIPPED: see above for what each one needs`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
