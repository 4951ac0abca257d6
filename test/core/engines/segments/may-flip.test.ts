import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayFlip as flips } from '../../../../core/engines/segments/may-flip.ts';
import { SegmentIndex } from '../../../../core/engines/segments/segment-index.ts';
import type { Condition } from '../../../../core/language/condition.ts';
import { matches } from '../../../../core/language/matches.ts';

import { condition, person } from '../../../fixtures/conditions.ts';

const mayFlip = (tree: Condition, roots: ReadonlySet<string>, before: unknown, after: unknown): boolean =>
  flips(new SegmentIndex([tree]), { roots, before, after, events: new Set(), now: 0 });

const computed = new Set(['computed']);
const everything = new Set(['computed', 'attributes', 'consent']);

test('never says no when a change of the known fields flips the condition, whatever the others are', () => {
  fc.assert(
    fc.property(condition, person, person, (tree, before, after) => {
      const changed = { ...before, computed: after.computed };
      if (matches(tree, before, 0) === matches(tree, changed, 0)) return;
      expect(mayFlip(tree, computed, { computed: before.computed }, { computed: after.computed })).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('knows for certain when everything is known', () => {
  fc.assert(
    fc.property(condition, person, person, (tree, before, after) => {
      expect(mayFlip(tree, everything, before, after)).toBe(matches(tree, before, 0) !== matches(tree, after, 0));
    }),
    { numRuns: 1000 },
  );
});

test('never says no when someone who is new satisfies the condition', () => {
  fc.assert(
    fc.property(condition, person, (tree, data) => {
      if (!matches(tree, data, 0)) return;
      expect(mayFlip(tree, computed, undefined, { computed: data.computed })).toBe(true);
      expect(mayFlip(tree, everything, undefined, data)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('no change flips nothing', () => {
  fc.assert(
    fc.property(condition, person, (tree, data) => {
      expect(mayFlip(tree, computed, data, structuredClone(data))).toBe(false);
    }),
  );
});

const spenders: Condition = { field: 'computed.ltv', operator: '>', value: 500 };
const germans: Condition = { field: 'attributes.country', operator: '=', value: 'DE' };

test.each<[string, Condition, number, number, boolean]>([
  ['crosses the bound', spenders, 400, 501, true],
  ['stays below it', spenders, 400, 500, false],
  ['stays above it', spenders, 501, 900, false],
  ['touches nothing that is asked for', germans, 400, 900, false],
  ['crosses the bound beside something unknown', { operator: 'AND', conditions: [spenders, germans] }, 400, 501, true],
  ['stays below it beside something unknown', { operator: 'AND', conditions: [spenders, germans] }, 400, 500, false],
])('a purchase that %s', (_what, tree, before, after, expected) => {
  expect(mayFlip(tree, computed, { computed: { ltv: before } }, { computed: { ltv: after } })).toBe(expected);
});
