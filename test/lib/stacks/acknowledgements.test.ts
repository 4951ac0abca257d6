import { expect, test } from 'vitest';
import { type Acknowledgement, acknowledgements } from '../../../lib/acknowledgements.ts';
import { accepted, covers, findings } from '../findings.ts';
import { synthesisePlatform } from '../synthesised-platform.ts';

const { app } = synthesisePlatform();
const found = findings(app);
const reasons = accepted(app);
const all: [string, Acknowledgement][] = Object.entries(acknowledgements);

test('every finding of the template checks is acknowledged with a reason', () => {
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(finding => !reasons.some(one => covers(one, finding)))).toEqual([]);
});

test('every acknowledged finding still occurs where it was acknowledged', () => {
  const used = reasons.filter(one => found.some(finding => covers(one, finding)));
  const count = (name: string) => new Set(used.filter(one => one.name === name).map(({ rule }) => rule)).size;
  const unused = all.filter(([name, { findings: rules }]) => count(name) !== rules.length).map(([name]) => name);
  expect(unused).toEqual([]);
});

test.each(all)('%s has a reason and an owner, and has not expired', (_name, { reason, owner, expires }) => {
  expect(reason.length).toBeGreaterThan(20);
  expect(owner).toBe('platform');
  expect(new Date(`${expires}T00:00:00Z`).getTime()).toBeGreaterThan(Date.now());
});
