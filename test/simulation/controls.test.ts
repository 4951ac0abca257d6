import { expect, test } from 'vitest';
import { controls, misfitOf, noticedBy, patchNames } from './controls.ts';
import type { Subject } from './notice.ts';

const seedsBelow = (count: number) => Array.from({ length: count }, (_, seed) => seed);

test('every control has its patch, and every patch is a control', async () => {
  expect(await patchNames()).toEqual(Object.keys(controls).toSorted());
});

test.each(Object.keys(controls))('%s fits the code', async name => {
  expect(await misfitOf(name)).toBe('');
});

/** One of each simulation; `npm run verify` runs them all. */
const samples: [string, Subject][] = [
  ['claim-condition', 'fold'],
  ['person-followed', 'membership'],
  ['hands-followed', 'segments'],
  ['merge-version', 'merge'],
  ['part-events', 'unmerge'],
];
test.each(samples)(
  '%s: the simulation notices what it takes out',
  async (name, subject) => {
    expect(await noticedBy(name, subject, seedsBelow(60), { first: true })).toHaveLength(1);
  },
  120_000,
);
