import { type AttributeName, type AttributesPatch, attributeShape } from '../../../../../core/model/profile.ts';

export const attributeNames = Object.keys(attributeShape) as AttributeName[];

/** Attributes as a form holds them: every one has a text. */
export interface AttributeForm {
  fields: Record<AttributeName, string>;
  tags: string[];
}

type Known = Partial<Record<AttributeName, string>> & { tags?: readonly string[] | undefined };

export const formOf = (attributes: Known): AttributeForm => ({
  fields: Object.fromEntries(attributeNames.map(name => [name, attributes[name] ?? ''])) as Record<
    AttributeName,
    string
  >,
  tags: [...(attributes.tags ?? [])],
});

const sameTags = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * What was changed in a form since it was opened: what was emptied is cleared, what stayed as it was is not sent.
 *
 * @example changesOf(formOf({ city: 'Rome' }), formOf({})) // { city: null }
 */
export const changesOf = (before: AttributeForm, after: AttributeForm): AttributesPatch => {
  const changed = attributeNames.filter(name => before.fields[name] !== after.fields[name].trim());
  return {
    ...Object.fromEntries(changed.map(name => [name, after.fields[name].trim() || null])),
    ...(sameTags(before.tags, after.tags) ? {} : { tags: after.tags }),
  };
};
