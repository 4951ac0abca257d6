import type { Condition } from '../../language/condition.ts';
import { mayFlip } from '../../language/may-flip.ts';

/** Which parts of a profile one of its items tells. */
const headRoots: ReadonlySet<string> = new Set(['computed', 'createdAt']);
const personRoots: ReadonlySet<string> = new Set(['attributes', 'consent', 'externalIds']);

/** May a segment be flipped by a change of what events add up to? `before` is `undefined` for a new profile. */
export const headMayFlip = (rules: Condition, before: unknown, after: unknown): boolean =>
  mayFlip(rules, headRoots, before, after);

/** May a segment be flipped by a change of who the person is? */
export const personMayFlip = (rules: Condition, before: unknown, after: unknown): boolean =>
  mayFlip(rules, personRoots, before, after);
