import { type Identifier, matchKey } from '../../model/identifier.ts';
import { type Attributes, type AttributesPatch, type ConsentPatch, consentChannels } from '../../model/profile.ts';
import type { PersonRecord, Provenance } from '../../model/profile-state.ts';

/** What someone says of a person at one moment. */
export interface PersonWrite extends Provenance {
  attributes?: AttributesPatch | undefined;
  consent?: ConsentPatch | undefined;
  identifiers?: readonly Identifier[] | undefined;
}

/** A person of whom nothing is known yet. */
export const emptyPerson = (at: number): PersonRecord => ({
  version: 0,
  attributes: { tags: [], customFields: {} },
  provenance: {},
  identifiers: [],
  consent: {},
  updatedAt: at,
});

/** Of two writers of one field the later wins; a tie goes to the larger id. So the order of writes does not matter. */
const wins = (write: Provenance, standing: Provenance | undefined): boolean =>
  standing === undefined || write.at > standing.at || (write.at === standing.at && write.id > standing.id);

/**
 * Takes over what a write says, field by field, where nobody said something later. Returns the very same record when
 * nothing changes, so that repeats cost no write.
 */
export const writePerson = (person: PersonRecord, write: PersonWrite): PersonRecord => {
  const attributed = writeAttributes(person, write);
  const consented = writeConsent(attributed, write);
  const identified = addIdentifiers(consented, write);
  return identified === person ? person : { ...identified, updatedAt: Math.max(person.updatedAt, write.at) };
};

const mark = ({ at, id, source }: Provenance): Provenance => ({ at, id, source });

const sameValue = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

interface Draft {
  attributes: Attributes;
  provenance: PersonRecord['provenance'];
}

const writeAttributes = (person: PersonRecord, write: PersonWrite): PersonRecord => {
  if (!write.attributes) return person;
  const { tags, customFields, ...plain } = write.attributes;
  const draft: Draft = { attributes: structuredClone(person.attributes), provenance: { ...person.provenance } };
  for (const [name, value] of Object.entries(plain)) writeField(draft, draft.attributes, name, name, value, write);
  if (tags !== undefined) writeField(draft, draft.attributes, 'tags', 'tags', tags ?? [], write);
  for (const [name, value] of Object.entries(customFields ?? {})) {
    writeField(draft, draft.attributes.customFields, name, `customFields.${name}`, value, write);
  }
  if (customFields === null) clearCustomFields(draft, write);
  return sameValue(draft.attributes, person.attributes) ? person : { ...person, ...draft };
};

const writeField = (
  draft: Draft,
  target: object,
  name: string,
  path: string,
  value: unknown,
  write: PersonWrite,
): void => {
  if (value === undefined || !wins(write, draft.provenance[path])) return;
  const fields = target as Record<string, unknown>;
  if (value === null) delete fields[name];
  else fields[name] = value;
  draft.provenance[path] = mark(write);
};

const clearCustomFields = (draft: Draft, write: PersonWrite): void => {
  for (const name of Object.keys(draft.attributes.customFields)) {
    writeField(draft, draft.attributes.customFields, name, `customFields.${name}`, null, write);
  }
};

const writeConsent = (person: PersonRecord, write: PersonWrite): PersonRecord => {
  const changed = consentChannels.filter(channel => {
    const granted = write.consent?.[channel];
    return (
      granted !== undefined && wins(write, person.consent[channel]) && person.consent[channel]?.granted !== granted
    );
  });
  if (changed.length === 0) return person;
  const said = Object.fromEntries(
    changed.map(channel => [channel, { ...mark(write), granted: write.consent?.[channel] === true }]),
  );
  return { ...person, consent: { ...person.consent, ...said } };
};

const addIdentifiers = (person: PersonRecord, { identifiers = [], at, source }: PersonWrite): PersonRecord => {
  const known = new Set(person.identifiers.map(identifier => identifier.key));
  const added = identifiers
    .map(identifier => ({ ...identifier, key: matchKey(identifier), firstSeenAt: at, source }))
    .filter(({ key }) => !known.has(key) && known.add(key));
  return added.length === 0 ? person : { ...person, identifiers: [...person.identifiers, ...added] };
};
