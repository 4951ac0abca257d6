import { testOf } from '../../language/compare.ts';
import { type Comparison, type Condition, isComparison, leavesOf } from '../../language/condition.ts';
import { instantOf } from '../../language/instant-of.ts';
import { noEvents, noSegments } from '../../language/subject.ts';
import { sameValue } from '../../model/same-value.ts';
import type { IndexedDefinition, SegmentIndex } from './segment-index.ts';
import { isClear } from './slot-masks.ts';

/** What changed of somebody. Only fields under `roots` are told, before and after; the others are what they are. */
export interface ProfileChange {
  roots: ReadonlySet<string>;
  /** Absent: there was nobody. */
  before: unknown;
  after: unknown;
  /** The types of events that came with it. */
  events: ReadonlySet<string> | 'unknown';
  /** Epoch ms. */
  now: number;
}

interface Told extends ProfileChange {
  was: readonly unknown[];
  is: readonly unknown[];
  isKnown: (field: string) => boolean;
}

/**
 * May a change flip any definition, now or, where time decides as well, at another time than before? Says no only when
 * that is certain. Before there was anybody nothing held, not even what a missing value satisfies.
 */
export const mayFlip = (index: SegmentIndex, change: ProfileChange): boolean => {
  const isKnown = (field: string) => change.roots.has(field.split('.', 1)[0] ?? field);
  const is = index.slots.valuesIn(change.after);
  const after = index.possible(is, isKnown);
  if (change.before === undefined) return after.some(word => word !== 0);
  const was = index.slots.valuesIn(change.before);
  const before = index.possible(was, isKnown);
  const told: Told = { ...change, was, is, isKnown };
  const held = (definition: IndexedDefinition, bits: Uint32Array) => index.isCertain(definition, bits, isKnown);
  const stays = (definition: IndexedDefinition) =>
    isWhollyKnown(definition, told)
      ? !turnsWhole(definition, told)
      : held(definition, before) && held(definition, after);
  if (index.differing(before, after).some(definition => !stays(definition))) return true;
  return index.asked.some(definition => index.isPossible(definition, after) && asksAgain(definition, index, told));
};

/** Of a definition that more is asked of than what its clauses tell. */
const asksAgain = (definition: IndexedDefinition, index: SegmentIndex, told: Told): boolean => {
  if (isWhollyKnown(definition, told)) return turnsWhole(definition, told);
  if (bringsEvents(definition, told)) return true;
  const leaves = leavesOf(definition.compiled.condition).filter(isComparison);
  const asked = definition.isTimed ? leaves : leaves.filter(leaf => !isClear(leaf));
  const changed = asked.filter(leaf => isChanged(leaf, index, told));
  if (!definition.isTimed) return changed.some(leaf => turns(leaf, index, told));
  return changed.length > 0 && !onlyLasts(definition, changed, index, told);
};

/** Nothing is asked but fields that are known before and after. */
const isWhollyKnown = ({ isTimed, needs }: IndexedDefinition, { isKnown }: Told): boolean =>
  !isTimed && needs.events.size === 0 && needs.segments.size === 0 && [...needs.fields].every(isKnown);

const turnsWhole = ({ compiled }: IndexedDefinition, { was, is, now }: Told): boolean => {
  const holds = (values: readonly unknown[]) => compiled.holds({ values, events: noEvents, segments: noSegments, now });
  return holds(was) !== holds(is);
};

const bringsEvents = ({ needs }: IndexedDefinition, { events }: Told): boolean =>
  needs.events.size > 0 && (events === 'unknown' || [...needs.events].some(type => events.has(type)));

const valuesOf = ({ field }: Comparison, index: SegmentIndex, { was, is }: Told): [unknown, unknown] => {
  const place = index.slots.placeOf(field);
  return [was[place], is[place]];
};

const isChanged = (leaf: Comparison, index: SegmentIndex, told: Told): boolean => {
  const [was, is] = valuesOf(leaf, index, told);
  return told.isKnown(leaf.field) && !sameValue(was, is);
};

const turns = (leaf: Comparison, index: SegmentIndex, told: Told): boolean => {
  const [was, is] = valuesOf(leaf, index, told);
  const test = testOf(leaf);
  return test(was, told.now) !== test(is, told.now);
};

const isTimedLeaf = (leaf: Condition): boolean =>
  isComparison(leaf) ? leaf.operator === 'within_last' : !('segment' in leaf);

/**
 * What time decides by a single date that only moved on, and that fares now as it did, flips later than before: whoever
 * waits for the earlier time looks again then.
 */
const onlyLasts = (
  { compiled }: IndexedDefinition,
  changed: readonly Comparison[],
  index: SegmentIndex,
  told: Told,
): boolean => {
  const timed = leavesOf(compiled.condition).filter(isTimedLeaf);
  const [leaf] = changed;
  if (timed.length !== 1 || changed.length !== 1 || leaf === undefined || leaf !== timed[0]) return false;
  const [was, is] = valuesOf(leaf, index, told).map(instantOf);
  return was !== undefined && is !== undefined && is > was && is <= told.now && !turns(leaf, index, told);
};
