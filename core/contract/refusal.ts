import type * as z from 'zod';
import { Problem, type ProblemDetail } from '../errors.ts';

/** Faults of shape: what the field is, rather than what it says. */
const shapeFaults = new Set(['invalid_type', 'unrecognized_keys', 'invalid_union']);

const isShapeFault = (issue: z.core.$ZodIssue): boolean =>
  shapeFaults.has(issue.code) || (issue.code === 'too_big' && issue.origin === 'array');

const detailsOf = (issue: z.core.$ZodIssue, path: readonly PropertyKey[]): ProblemDetail[] => {
  const whole = [...path, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ path: [...whole, key].map(String).join('.'), reason: 'is not a known field' }));
  }
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.reduce<readonly z.core.$ZodIssue[]>(
      (best, one) => (best.length === 0 || depthOf(one) > depthOf(best) ? one : best),
      [],
    );
    if (nearest.length > 0) return nearest.flatMap(inner => detailsOf(inner, whole));
  }
  return [{ path: whole.map(String).join('.'), reason: issue.message }];
};

const depthOf = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(0, ...issues.map(issue => issue.path.length + (issue.code === 'invalid_type' ? 0 : 0.5)));

/** Faults of a union count as those of the branch that fits best. */
const allRules = (issues: readonly z.core.$ZodIssue[]): boolean =>
  issues.every(issue =>
    issue.code === 'invalid_union'
      ? issue.errors.some(branch => branch.length > 0 && allRules(branch))
      : !isShapeFault(issue),
  );

/**
 * What a caller is told of input that does not fit: 400 when the shape is wrong, 422 when only rules are broken, with
 * the path and the reason of each fault. `part` is where the input came from: `body`, `query` or `params`.
 */
export const refusal = (part: string, { issues }: z.ZodError): Problem => {
  const details = issues.flatMap(issue => detailsOf(issue, [part])).slice(0, 100);
  const [first] = details;
  const message = first ? `${first.path}: ${first.reason}` : 'The request does not fit';
  return new Problem(allRules(issues) ? 'VALIDATION_FAILED' : 'INVALID_REQUEST', message, details);
};
