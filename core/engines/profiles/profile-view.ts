import { type Consent, consentChannels, type Profile } from '../../model/profile.ts';
import type { Head, PersonRecord, ProfileState } from '../../model/profile-state.ts';
import { computedValues } from './computed-values.ts';
import { externalIdsOf } from './external-ids.ts';

const consentView = (consent: PersonRecord['consent']): Consent => {
  const times = Object.values(consent).flatMap(state => state?.at ?? []);
  return {
    ...Object.fromEntries(
      consentChannels.flatMap(channel => {
        const state = consent[channel];
        return state ? [[channel, state.granted]] : [];
      }),
    ),
    ...(times.length === 0 ? {} : { updatedAt: new Date(Math.max(...times)).toISOString() }),
  };
};

/** What a head alone tells of the golden record. */
export const headView = (head: Head): Pick<Profile, 'computed' | 'createdAt'> => ({
  computed: computedValues(head.counters),
  createdAt: new Date(head.createdAt).toISOString(),
});

/** What a person alone tells of the golden record. */
export const personView = (
  person: PersonRecord,
): Pick<Profile, 'externalIds' | 'attributes' | 'consent' | 'traits'> => ({
  externalIds: externalIdsOf(person.identifiers),
  attributes: person.attributes,
  consent: consentView(person.consent),
  ...(person.traits === undefined ? {} : { traits: person.traits }),
});

/** The golden record as it is answered, and as segments see it. */
export const profileView = ({ id, head, person }: ProfileState, segments: string[] = []): Profile => ({
  id,
  ...personView(person),
  ...headView(head),
  segments,
  updatedAt: new Date(Math.max(head.updatedAt, person.updatedAt)).toISOString(),
});

/** Names this state of a profile: changes whenever the profile does. */
export const etagOf = ({ head, person }: ProfileState): string => `"${head.version}-${person.version}"`;
