import { type Condition, isComparison, leavesOf } from './condition.ts';
import { durationMs } from './duration.ts';

/** What must be known of somebody before a condition can be decided. */
export interface Dependencies {
  fields: ReadonlySet<string>;
  /** The types of events that are counted. */
  events: ReadonlySet<string>;
  /** How far back (ms) events are counted; infinite where a condition asks for ever, 0 where none are counted. */
  eventsBackMs: number;
  /** Segments that people are put into by hand. */
  segments: ReadonlySet<string>;
}

const windowOf = (leaf: Condition): number => {
  if ('event' in leaf || 'sequence' in leaf) return durationMs(leaf.timeWindow) ?? Number.POSITIVE_INFINITY;
  return 0;
};

const typesIn = (leaf: Condition): string[] => {
  if ('event' in leaf) return [leaf.event];
  return 'sequence' in leaf ? leaf.sequence.map(({ event }) => event) : [];
};

/** What a condition depends on. */
export const dependenciesOf = (condition: Condition): Dependencies => {
  const leaves = leavesOf(condition);
  return {
    fields: new Set(leaves.flatMap(leaf => (isComparison(leaf) ? [leaf.field] : []))),
    events: new Set(leaves.flatMap(typesIn)),
    eventsBackMs: Math.max(0, ...leaves.map(windowOf)),
    segments: new Set(leaves.flatMap(leaf => ('segment' in leaf ? [leaf.segment] : []))),
  };
};
