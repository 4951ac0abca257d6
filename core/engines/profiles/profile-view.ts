import type { Consent, Profile } from '../../model/profile.ts';
import type { PersonRecord, ProfileState } from '../../model/profile-state.ts';
import { computedValues } from './computed-values.ts';
import { externalIdsOf } from './external-ids.ts';

const consentView = (consent: PersonRecord['consent']): Consent => {
  const times = Object.values(consent).map(state => state.at);
  return {
    ...Object.fromEntries(Object.entries(consent).map(([channel, state]) => [channel, state.granted])),
    ...(times.length === 0 ? {} : { updatedAt: new Date(Math.max(...times)).toISOString() }),
  };
};

/** The golden record as it is answered, and as segments see it. */
export const profileView = ({ id, head, person }: ProfileState, segments: string[] = []): Profile => ({
  id,
  externalIds: externalIdsOf(person.identifiers),
  attributes: person.attributes,
  computed: computedValues(head.counters),
  consent: consentView(person.consent),
  segments,
  createdAt: new Date(head.createdAt).toISOString(),
  updatedAt: new Date(Math.max(head.updatedAt, person.updatedAt)).toISOString(),
});

/** Names this state of a profile: changes whenever the profile does. */
export const etagOf = ({ head, person }: ProfileState): string => `"${head.version}-${person.version}"`;
