import type { FieldDecision, MergeStrategy } from '../../model/merge-record.ts';
import type { Attributes } from '../../model/profile.ts';
import type { PersonRecord, Provenance } from '../../model/profile-state.ts';
import { sameValue } from '../../model/same-value.ts';
import { completeness } from './choose-survivor.ts';

export interface CombinedAttributes {
  attributes: Attributes;
  provenance: PersonRecord['provenance'];
  decisions: FieldDecision[];
}

type Fields = Record<string, unknown>;

interface Voice {
  value: unknown;
  by: Provenance | undefined;
}

const customPrefix = 'customFields.';
/** Longer lists are not combined: a custom field holds no more. */
const listLengthMax = 100;

/**
 * The attributes of two people who are one. A field that only one of them has stays; of one that differs the strategy
 * decides: the newer word, or that of whoever is known more completely. Tags and lists are combined. Each field keeps
 * who said it.
 */
export const combineAttributes = (
  primary: PersonRecord,
  secondary: PersonRecord,
  strategy: MergeStrategy,
): CombinedAttributes => {
  const lead = completeness(primary) - completeness(secondary);
  const decisions: FieldDecision[] = [];
  const provenance = laterMarks(primary.provenance, secondary.provenance);
  const chosen = (field: string, left: unknown, right: unknown): unknown => {
    const voices = { primary: voiceOf(primary, field, left), secondary: voiceOf(secondary, field, right) };
    const { value, by, decision } = choose(field, voices, strategy, lead);
    decisions.push(decision);
    if (by) provenance[field] = by;
    return value;
  };
  const { tags: leftTags, customFields: leftCustom, ...left } = primary.attributes;
  const { tags: rightTags, customFields: rightCustom, ...right } = secondary.attributes;
  const fields = mapBoth(left, right, name => chosen(name, (left as Fields)[name], (right as Fields)[name]));
  const customFields = mapBoth(leftCustom, rightCustom, name =>
    chosen(`${customPrefix}${name}`, leftCustom[name], rightCustom[name]),
  );
  const [givenLeft, givenRight] = [leftTags, rightTags].map(tags => (tags.length === 0 ? undefined : tags));
  const tags = givenLeft || givenRight ? chosen('tags', givenLeft, givenRight) : [];
  return { attributes: { ...fields, tags, customFields } as Attributes, provenance, decisions };
};

const voiceOf = ({ provenance }: PersonRecord, field: string, value: unknown): Voice => ({
  value,
  by: provenance[field],
});

const mapBoth = (left: Fields, right: Fields, chosenOf: (name: string) => unknown): Fields =>
  Object.fromEntries([...new Set([...Object.keys(left), ...Object.keys(right)])].map(name => [name, chosenOf(name)]));

/** Whether the first was said later; a tie goes to the larger id, as with every other write. */
const isLater = (one: Provenance | undefined, other: Provenance | undefined): boolean => {
  if (!one || !other) return one !== undefined;
  return one.at > other.at || (one.at === other.at && one.id >= other.id);
};

const later = (one: Provenance | undefined, other: Provenance | undefined) => (isLater(one, other) ? one : other);

/** Who cleared a field that nobody has is remembered, too. */
const laterMarks = (
  left: PersonRecord['provenance'],
  right: PersonRecord['provenance'],
): PersonRecord['provenance'] => {
  const marks = { ...left };
  for (const [path, mark] of Object.entries(right)) if (!isLater(marks[path], mark)) marks[path] = mark;
  return marks;
};

interface Choice {
  value: unknown;
  by: Provenance | undefined;
  decision: FieldDecision;
}

const choose = (
  field: string,
  { primary, secondary }: Record<'primary' | 'secondary', Voice>,
  strategy: MergeStrategy,
  lead: number,
): Choice => {
  if (secondary.value === undefined) return { ...primary, decision: { field, from: 'primary', reason: 'only_value' } };
  if (primary.value === undefined)
    return { ...secondary, decision: { field, from: 'secondary', reason: 'only_value' } };
  const by = later(primary.by, secondary.by);
  if (sameValue(primary.value, secondary.value))
    return { value: primary.value, by, decision: { field, from: 'both', reason: 'same_value' } };
  const list = combinedList(field, primary.value, secondary.value);
  if (list) return { value: list, by, decision: { field, from: 'both', reason: 'combined' } };
  const reason = strategy === 'most_complete' && lead !== 0 ? 'most_complete' : 'most_recent';
  const isPrimary = reason === 'most_complete' ? lead > 0 : isLater(primary.by, secondary.by);
  return {
    ...(isPrimary ? primary : secondary),
    decision: { field, from: isPrimary ? 'primary' : 'secondary', reason },
  };
};

const combinedList = (field: string, left: unknown, right: unknown): unknown[] | undefined => {
  if (!Array.isArray(left) || !Array.isArray(right)) return undefined;
  const list = [...new Set([...left, ...right])];
  return field === 'tags' || list.length <= listLengthMax ? list : undefined;
};
