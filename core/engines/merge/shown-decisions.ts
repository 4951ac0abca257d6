import type { FieldDecision, MergeRecord } from '../../model/merge-record.ts';
import { readField } from './read-field.ts';

/** A decision about a field with what both sides had; their values are known as long as the merge can be undone. */
export interface ShownDecision extends FieldDecision {
  mergedId: string;
  primary?: unknown;
  secondary?: unknown;
}

/** What a merge decided, field by field. */
export const shownDecisions = ({ fieldDecisions, mergedId, before }: MergeRecord): ShownDecision[] =>
  fieldDecisions.map(decision => ({
    ...decision,
    mergedId,
    ...shownOf('primary', before && readField(before.primary.person.attributes, decision.field)),
    ...shownOf('secondary', before && readField(before.secondary.person.attributes, decision.field)),
  }));

const shownOf = (side: 'primary' | 'secondary', value: unknown) => (value === undefined ? {} : { [side]: value });
