import type { StoredSegment } from '../contract/segments.ts';
import { conditionOfRules } from '../engines/segments/condition-of-rules.ts';
import { SegmentIndex } from '../engines/segments/segment-index.ts';
import type { Condition } from '../language/condition.ts';

/** Definitions, and the index over them, place by place. */
export interface IndexedSegments {
  segments: readonly StoredSegment[];
  index: SegmentIndex;
}

/** Is it kept up to date with every change? Others are evaluated now and then, or not by rules at all. */
export const isLive = ({ type, refresh = 'live' }: StoredSegment): boolean => type !== 'manual' && refresh === 'live';

/** What a segment is decided by, as it was resolved; nobody is in one that has no rules. */
export const conditionOf = ({ condition, rules }: Pick<StoredSegment, 'condition' | 'rules'>): Condition =>
  condition ?? (rules === undefined ? { operator: 'OR', conditions: [] } : conditionOfRules(rules));

const knownMax = 8;

/** Definitions seldom change: what was made of a set of them serves until they do. */
export class SegmentIndexes {
  readonly #known = new Map<string, IndexedSegments>();

  of(segments: readonly StoredSegment[]): IndexedSegments {
    const name = segments.map(({ id, rulesVersion }) => `${id} ${rulesVersion}`).join();
    const found = this.#known.get(name);
    if (found) return found;
    if (this.#known.size >= knownMax) this.#known.clear();
    const made = { segments, index: new SegmentIndex(segments.map(conditionOf)) };
    this.#known.set(name, made);
    return made;
  }
}
