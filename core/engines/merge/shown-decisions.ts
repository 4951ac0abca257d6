import type { FieldDecision, MergeRecord } from '../../model/merge-record.ts';
import type { Attributes } from '../../model/profile.ts';

/** A decision about a field with what both sides had of it; known as long as the merge can be undone. */
export interface ShownDecision extends FieldDecision {
  mergedId: string;
  primary?: Partial<Attributes>;
  secondary?: Partial<Attributes>;
}

/** What a merge decided, field by field. */
export const shownDecisions = ({ fieldDecisions, mergedId, before }: MergeRecord): ShownDecision[] =>
  fieldDecisions.map(decision => ({
    ...decision,
    mergedId,
    ...side('primary', before && partOf(before.primary.person.attributes, decision.field)),
    ...side('secondary', before && partOf(before.secondary.person.attributes, decision.field)),
  }));

const side = (name: 'primary' | 'secondary', part: Partial<Attributes> | undefined) => (part ? { [name]: part } : {});

const customPrefix = 'customFields.';

/** One field of the attributes under its own name; the name of a custom field may have dots itself. */
const partOf = (attributes: Attributes, field: string): Partial<Attributes> | undefined => {
  if (!field.startsWith(customPrefix)) {
    const value = (attributes as Record<string, unknown>)[field];
    return value === undefined ? undefined : { [field]: value };
  }
  const name = field.slice(customPrefix.length);
  const value = attributes.customFields[name];
  return value === undefined ? undefined : { customFields: { [name]: value } };
};
