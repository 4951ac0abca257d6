import type { ConsentDecision, FieldDecision, MergedPair, MergeStrategy } from '../../model/merge-record.ts';
import type { PersonRecord } from '../../model/profile-state.ts';
import { type Counters, type Head, orderPlacesOf, type ProfileState } from '../../model/profile-state.ts';
import { combineAttributes } from './combine-attributes.ts';
import type { CombinedConsent } from './combine-consent.ts';

/** What was decided elsewhere: what both add up to, and what both agree to. */
interface Decided {
  mergeId: string;
  strategy: MergeStrategy;
  counters: Counters;
  consent: CombinedConsent;
  /** Epoch ms. */
  at: number;
}

export interface MergedStates {
  after: MergedPair;
  fieldDecisions: FieldDecision[];
  consentDecisions: ConsentDecision[];
}

/** How two profiles stand once they are one: the one has everything, the other leads to it. */
export const mergedStates = ({ primary, secondary }: MergedPair, decided: Decided): MergedStates => {
  const { attributes, provenance, decisions } = combineAttributes(primary.person, secondary.person, decided.strategy);
  const person: PersonRecord = {
    version: primary.person.version + 1,
    attributes,
    provenance,
    identifiers: combineIdentifiers(primary.person, secondary.person),
    consent: decided.consent.consent,
    /** Until they are calculated of both together. */
    ...(primary.person.traits === undefined ? {} : { traits: primary.person.traits }),
    updatedAt: Math.max(primary.person.updatedAt, secondary.person.updatedAt),
  };
  return {
    after: {
      primary: { id: primary.id, head: survivingHead(primary, secondary, decided), person },
      secondary: { ...secondary, head: mergedHead(secondary.head, primary.id, decided) },
    },
    fieldDecisions: decisions,
    consentDecisions: decided.consent.decisions,
  };
};

/** Of single kinds the last one is shown: those of the survivor stand last. */
const combineIdentifiers = (primary: PersonRecord, secondary: PersonRecord): PersonRecord['identifiers'] => {
  const known = new Set(primary.identifiers.map(({ key }) => key));
  return [...secondary.identifiers.filter(({ key }) => !known.has(key)), ...primary.identifiers];
};

const survivingHead = (primary: ProfileState, secondary: ProfileState, { mergeId, counters, at }: Decided): Head => {
  const { hold: _hold, ...head } = primary.head;
  const version = head.version + 1;
  return {
    ...head,
    version,
    updatedAt: Math.max(head.updatedAt, at),
    counters,
    members: [...(head.members ?? []), secondary.id, ...(secondary.head.members ?? [])],
    merges: [...(head.merges ?? []), mergeId],
    orderPlaces: [{ id: primary.id, since: version }, ...orderPlacesOf(primary), ...orderPlacesOf(secondary)],
  };
};

const mergedHead = ({ hold: _hold, ...head }: Head, mergedInto: string, { mergeId, at }: Decided): Head => ({
  ...head,
  version: head.version + 1,
  life: 'merged',
  mergedInto,
  mergedBy: mergeId,
  updatedAt: Math.max(head.updatedAt, at),
});
