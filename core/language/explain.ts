import type { Compiled } from './compile.ts';
import { type Condition, isComparison, isGroup } from './condition.ts';
import { describe } from './describe.ts';
import { flipTimes } from './next-flip.ts';
import type { Subject } from './subject.ts';

/** One condition of a tree, and what was seen of it. Times in ISO 8601. */
export interface Trace {
  /** Where it stands below the rules: `conditions.0.conditions.1`. */
  path: string;
  condition: Condition;
  inWords: string;
  holds: boolean;
  observed?: unknown;
  /** Ids of the events that were counted. */
  evidence?: string[];
  /** When time alone changes it. */
  changesAt?: string;
  parts?: Trace[];
}

export interface Explanation {
  holds: boolean;
  tree: Trace;
  /** The fewest conditions that would have to change for the whole to change, by their paths. */
  wouldFlip: { path: string; inWords: string; mustHold: boolean }[];
}

const evidenceMax = 100;

/** What the evaluator says of somebody, and what it saw: every part is asked, not only those that decide. */
export const explain = (compiled: Compiled, subject: Subject): Explanation => {
  const tree = traceOf(compiled, subject, '');
  return { holds: tree.holds, tree, wouldFlip: toBecome(tree, !tree.holds).map(shown) };
};

const traceOf = (compiled: Compiled, subject: Subject, path: string): Trace => {
  const { condition, parts } = compiled;
  const base = { path, condition, inWords: describe(condition), holds: compiled.holds(subject) };
  if (isGroup(condition)) {
    const below = (place: number) => [path, 'conditions', place].filter(part => part !== '').join('.');
    return { ...base, parts: parts.map((part, place) => traceOf(part, subject, below(place))) };
  }
  const found = compiled.find?.(subject);
  const [changes] = flipTimes(condition, isComparison(condition) ? compiled.observe?.(subject) : undefined, subject);
  return {
    ...base,
    observed: found ? found.observed : compiled.observe?.(subject),
    ...(found ? { evidence: found.evidence.slice(-evidenceMax).map(({ id }) => id) } : {}),
    ...(changes === undefined ? {} : { changesAt: new Date(changes).toISOString() }),
  };
};

interface Change {
  trace: Trace;
  mustHold: boolean;
}

/** The fewest leaves that must change so that a part becomes what is wanted. */
const toBecome = (trace: Trace, wanted: boolean): Change[] => {
  if (trace.holds === wanted) return [];
  const { parts, condition } = trace;
  if (!parts || !isGroup(condition)) return [{ trace, mustHold: wanted }];
  const { operator } = condition;
  const [partWanted, needsAll] = operator === 'NOT' ? [!wanted, wanted] : [wanted, wanted === (operator === 'AND')];
  const ways = parts.map(part => toBecome(part, partWanted));
  if (needsAll) return ways.flat();
  return ways.reduce((best, way) => (way.length < best.length ? way : best));
};

const shown = ({ trace: { path, inWords }, mustHold }: Change) => ({ path, inWords, mustHold });
