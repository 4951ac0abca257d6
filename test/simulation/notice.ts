/**
 * `notice.ts <subject> <first|all> <seeds>`, a subject of the table below: runs the seeds over the code it
 * stands beside; the last line of its output tells, as JSON, which of them found something wrong, and what.
 */
import { fieldReport } from './field-leaks.ts';
import { foldReport } from './fold-report.ts';
import { membershipHistory } from './membership-history.ts';
import { mergeReport } from './merge-report.ts';
import { runHistory } from './run-history.ts';
import { segmentHistory } from './segment-history.ts';
import { traitHistory } from './trait-history.ts';
import { unmergeHistory } from './unmerge-history.ts';

export interface Noticed {
  seed: number;
  findings: string[];
}

/** What a simulation gives back of what it found under a seed. */
const subjects = {
  fold: async (seed: number): Promise<string[]> => {
    const { lost, duplicated, wrong } = await foldReport([seed]);
    return [...lost.map(one => `lost: ${one}`), ...duplicated.map(one => `duplicated: ${one}`), ...wrong];
  },
  history: async (seed: number): Promise<string[]> =>
    ((await runHistory(seed))?.differences ?? []).map(
      ({ path, kept, must }) => `${path} is ${JSON.stringify(kept)} and not ${JSON.stringify(must)}`,
    ),
  governance: async () => (await fieldReport()).leaks,
  membership: membershipHistory,
  merge: mergeReport,
  unmerge: unmergeHistory,
  segments: (seed: number) => segmentHistory(seed, 14),
  traits: traitHistory,
  scans: (seed: number) => segmentHistory(seed, 3, true),
};
export type Subject = keyof typeof subjects;

const [subject = 'fold', extent, seeds = ''] = process.argv.slice(2);
const findingsOf = subjects[subject as Subject];
const noticed: Noticed[] = [];
for (const seed of seeds.split(',').map(Number)) {
  const findings = await findingsOf(seed);
  if (findings.length > 0) noticed.push({ seed, findings: findings.slice(0, 20) });
  if (findings.length > 0 && extent === 'first') break;
}
console.log(JSON.stringify(noticed));
