import { parseArgs } from 'node:util';
import { inLanes } from '../../core/model/in-lanes.ts';
import { controls, membershipControls, noticedBy, scanControls, segmentControls } from '../simulation/controls.ts';
import { membershipHistory } from '../simulation/membership-history.ts';
import type { Subject } from '../simulation/notice.ts';
import { segmentHistory } from '../simulation/segment-history.ts';
import type { Verify } from './run.ts';
import { fourWays } from './segments/four-ways.ts';
import { cellsOf, leavesInAll } from './segments/leaf-cases.ts';

const [shownMax, controlHistories, controlPercentMin, controlLanes] = [20, 60, 5, 2];
const [heldMin, heldMax] = [0.2, 0.8];
/** Of a history in which definitions are held against everybody by scans. */
const scannedRules = 3;
const scanSeeds = 20;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const seedsBelow = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

/** What a history of each kind finds under a seed. */
const histories = {
  membership: membershipHistory,
  segments: (seed: number) => segmentHistory(seed),
  scans: (seed: number) => segmentHistory(seed, scannedRules, true),
};

const historiesOf = async (kind: keyof typeof histories, seeds: readonly number[]): Promise<string[]> => {
  const found: string[] = [];
  for (const seed of seeds) {
    found.push(...(await histories[kind](seed)).map(finding => `${kind}, seed ${seed}: ${finding}`));
  }
  return found;
};

/** How many of the controls are noticed often enough. */
const controlsOf = async (subject: Subject, names: readonly string[], seeds: readonly number[]): Promise<number> => {
  const shares = await inLanes(names, controlLanes, async name => {
    const noticed = await noticedBy(name, subject, seeds);
    const share = noticed.length / seeds.length;
    console.log(
      `control ${name}: ${controls[name]}: fails in ${percent(share)} of ${seeds.length}, first in ${noticed[0]?.seed}`,
    );
    return share;
  });
  return shares.filter(share => share * 100 > controlPercentMin).length;
};

/** How often each operator met each kind of value; what was never met is a finding. */
const showCells = (): string[] => {
  const cells = cellsOf(leavesInAll());
  for (const { operator, kinds } of cells) {
    const told = kinds.map(({ kind, cases, held }) => `${kind} ${cases} (${percent(held / Math.max(1, cases))})`);
    console.log(`${operator}: ${told.join(', ')}`);
  }
  return cells.flatMap(({ operator, kinds, held, cases, differences }) => [
    ...kinds.filter(kind => kind.cases === 0).map(({ kind }) => `${operator} never met ${kind}`),
    ...(held / cases < heldMin || held / cases > heldMax ? [`${operator} holds in ${percent(held / cases)}`] : []),
    ...differences,
  ]);
};

/**
 * Segments of every type against a plain reading of the rules. Trees against people, in process, explained, and in the
 * SQL of both engines (`--trees <n>`); memberships kept up to date against evaluation from scratch, through faults of
 * messages and of the table (`--histories <n>`), and through everything else that happens, time included
 * (`--lives <n>`), also where definitions are held against everybody by scans (`--scans <n>`). `--seed <n>` runs one of
 * each.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      trees: { type: 'string', default: '10000' },
      histories: { type: 'string', default: '500' },
      lives: { type: 'string', default: '1000' },
      scans: { type: 'string', default: '30' },
      controls: { type: 'string', default: String(controlHistories) },
      seed: { type: 'string' },
    },
  });
  const only = values.seed === undefined ? undefined : [Number(values.seed)];
  const cells = showCells();
  const trees = await fourWays(Number(values.trees), only?.[0] ?? 1);
  const held = trees.held / trees.pairs;
  console.log(
    `${trees.trees} trees, ${trees.pairs} pairs, of which ${percent(held)} hold, ${trees.findings.length} differences`,
  );
  const [faulty, lives] = [only ?? seedsBelow(Number(values.histories)), only ?? seedsBelow(Number(values.lives))];
  const scans = only ?? seedsBelow(Number(values.scans));
  const differences = [
    ...(await historiesOf('membership', faulty)),
    ...(await historiesOf('segments', lives)),
    ...(await historiesOf('scans', scans)),
  ];
  const found = [...cells, ...trees.findings, ...differences];
  for (const finding of found.slice(0, shownMax)) console.log(finding);
  const some = seedsBelow(Number(values.controls));
  const asked = only ? [] : [...membershipControls, ...segmentControls, ...scanControls];
  const failed =
    asked.length === 0
      ? 0
      : (await controlsOf('membership', membershipControls, some)) +
        (await controlsOf('segments', segmentControls, some)) +
        (await controlsOf('scans', scanControls, some.slice(0, scanSeeds)));
  return {
    line: `segments: ${trees.trees} trees in four ways, ${faulty.length} histories with faults, ${lives.length} of all types × 50 rules, ${scans.length} by scans, ${found.length} differences, controls failed as they must: ${failed} of ${asked.length}`,
    holds: found.length === 0 && held >= heldMin && held <= heldMax && failed === asked.length,
  };
};
