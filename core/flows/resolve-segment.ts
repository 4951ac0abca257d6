import type { StoredSegment } from '../contract/segments.ts';
import { checkRules, conditionOfRules } from '../engines/segments/condition-of-rules.ts';
import { isTooLarge, namedBy, type Referred, resolveCondition } from '../engines/segments/resolve-condition.ts';
import { Problem, unprocessable } from '../errors.ts';
import type { Condition } from '../language/condition.ts';
import type { StoredRfmCuts } from '../model/rfm-cuts.ts';
import { sameValue } from '../model/same-value.ts';
import type { StoredTrait } from '../model/trait.ts';
import { conditionOf } from './segment-indexes.ts';
import { kindsOfTraits } from './trait-kinds.ts';

export type Definition = Pick<StoredSegment, 'type' | 'rules' | 'parentId'>;
export type Resolved = Pick<StoredSegment, 'condition' | 'uses' | 'cutsVersion'>;

export interface ResolveSources {
  /** All other segments, and this one as it was. */
  segments: readonly StoredSegment[];
  cuts: StoredRfmCuts | undefined;
  traits: readonly StoredTrait[];
}

/** What the rules say of others: with a parent, that whoever is meant is in that one, too. */
export const ownCondition = ({ rules, parentId }: Definition): Condition | undefined => {
  const own = rules === undefined ? undefined : conditionOfRules(rules);
  if (own === undefined || parentId === undefined) return own;
  return { operator: 'AND', conditions: [{ segment: parentId }, own] };
};

/** The segments that a definition names. */
export const namedIn = (definition: Definition): string[] => namedBy(ownCondition(definition) ?? nothing).segments;
const nothing: Condition = { operator: 'AND', conditions: [] };

/** @throws Problem `VALIDATION_FAILED` with the path of everything that cannot be right */
export const checkDefinition = (id: string, definition: Definition, { segments, traits }: ResolveSources): void => {
  const faults = checkRules(definition.type, definition.rules, 'body.rules', kindsOfTraits(traits));
  const [first] = faults;
  if (first) throw new Problem('VALIDATION_FAILED', `${first.path}: ${first.reason}`, faults);
  if (definition.parentId !== undefined && definition.type === 'manual') {
    throw unprocessable('body.parentId', 'a manual segment has no parent');
  }
  const byId = new Map(segments.map(segment => [segment.id, segment]));
  const before = byId.get(id);
  /** What was named before may have been deleted since. */
  const namedBefore = new Set(before ? namedIn(before) : []);
  for (const named of namedIn(definition)) {
    const path = named === definition.parentId ? 'body.parentId' : 'body.rules';
    if (!byId.has(named) && named !== id && !namedBefore.has(named))
      throw unprocessable(path, `there is no segment ${named}`);
    if (reaches(named, id, byId)) throw unprocessable(path, `${named} depends on this segment itself`);
  }
};

const reaches = (from: string, id: string, byId: ReadonlyMap<string, StoredSegment>): boolean => {
  const [seen, waiting] = [new Set<string>(), [from]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    const segment = byId.get(next);
    if (segment) waiting.push(...namedIn(segment));
  }
  return false;
};

/** @throws Problem `VALIDATION_FAILED` for what becomes too large by what it names */
export const checkSize = ({ condition }: Resolved): void => {
  if (condition && isTooLarge(condition)) {
    throw unprocessable('body.rules', 'becomes too large by the segments that it names');
  }
};

/** What a definition comes to, with whatever it names put in its place, so that nothing but a profile is needed to decide. */
export const resolveSegment = (
  definition: Definition,
  { segments, cuts }: Pick<ResolveSources, 'segments' | 'cuts'>,
): Resolved => {
  const whole = ownCondition(definition);
  if (whole === undefined) return {};
  const named = namedBy(whole);
  const byId = new Map(segments.map(segment => [segment.id, segment]));
  const referred = new Map(
    named.segments.flatMap((id): [string, Referred][] => {
      const segment = byId.get(id);
      return segment ? [[id, segment.type === 'manual' ? 'manual' : { condition: conditionOf(segment) }]] : [];
    }),
  );
  const condition = resolveCondition(whole, { segments: referred, cuts });
  const uses = Object.fromEntries(named.segments.map(id => [id, byId.get(id)?.rulesVersion ?? 0]));
  return {
    ...(sameValue(condition, definition.rules) ? {} : { condition }),
    ...(named.segments.length === 0 ? {} : { uses }),
    ...(named.scores ? { cutsVersion: cuts?.version ?? 0 } : {}),
  };
};
