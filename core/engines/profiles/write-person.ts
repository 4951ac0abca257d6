import { type Identifier, matchKey } from '../../model/identifier.ts';
import type { AttributesPatch, ConsentPatch, ConsentPurpose } from '../../model/profile.ts';
import type { ConsentEvidence, ConsentState, PersonRecord, Provenance } from '../../model/profile-state.ts';

/** What else is said with a consent. */
export interface ConsentDetails {
  /** Purposes of somebody's own, under `custom:<name>`. */
  custom?: Partial<Record<`custom:${string}`, boolean>> | undefined;
  /** What waits to be confirmed, by the token that confirms it. */
  pending?: Partial<Record<ConsentPurpose, string>> | undefined;
  evidence?: ConsentEvidence | undefined;
}

/** What someone says of a person at one moment. */
export interface PersonWrite extends Provenance {
  attributes?: AttributesPatch | undefined;
  consent?: ConsentPatch | undefined;
  consentDetails?: ConsentDetails | undefined;
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
 * all of it was said already, so that repeats cost no write. Who says again what stands is remembered all the same:
 * else an older word that comes late would win over it.
 */
export const writePerson = (person: PersonRecord, write: PersonWrite): PersonRecord => {
  const attributed = writeAttributes(person, write);
  const consented = writeConsent(attributed, write);
  const identified = addIdentifiers(consented, write);
  return identified === person ? person : { ...identified, updatedAt: Math.max(person.updatedAt, write.at) };
};

const mark = ({ at, id, source }: Provenance): Provenance => ({ at, id, source });

/** Fields are replaced one by one in copies of their own; `touched` tells whether any was. */
interface Draft {
  fields: Record<string, unknown>;
  customFields: Record<string, unknown>;
  provenance: PersonRecord['provenance'];
  touched: boolean;
}

/** Under this path stands who cleared all custom fields. */
const allCustomFields = 'customFields';

const writeAttributes = (person: PersonRecord, write: PersonWrite): PersonRecord => {
  if (!write.attributes) return person;
  const { customFields, ...plain } = write.attributes;
  const draft: Draft = {
    fields: { ...person.attributes },
    customFields: { ...person.attributes.customFields },
    provenance: { ...person.provenance },
    touched: false,
  };
  for (const [name, value] of Object.entries(plain)) writePlain(draft, name, value, write);
  if (customFields === null) clearCustomFields(draft, write);
  for (const [name, value] of Object.entries(customFields ?? {})) writeCustom(draft, name, value, write);
  if (!draft.touched) return person;
  const attributes = { ...draft.fields, customFields: draft.customFields } as PersonRecord['attributes'];
  return { ...person, attributes, provenance: draft.provenance };
};

const setField = (draft: Draft, target: Record<string, unknown>, name: string, value: unknown): void => {
  if (value === null) delete target[name];
  else target[name] = value;
  draft.touched = true;
};

const writePlain = (draft: Draft, name: string, value: unknown, write: PersonWrite): void => {
  if (value === undefined || !wins(write, draft.provenance[name])) return;
  draft.provenance[name] = mark(write);
  setField(draft, draft.fields, name, name === 'tags' ? (value ?? []) : value);
};

const writeCustom = (draft: Draft, name: string, value: unknown, write: PersonWrite): void => {
  const path = `${allCustomFields}.${name}`;
  if (value === undefined || !wins(write, draft.provenance[path]) || !wins(write, draft.provenance[allCustomFields])) {
    return;
  }
  draft.provenance[path] = mark(write);
  setField(draft, draft.customFields, name, value);
};

/** Clears what was said before, now and whenever it comes. */
const clearCustomFields = (draft: Draft, write: PersonWrite): void => {
  if (!wins(write, draft.provenance[allCustomFields])) return;
  draft.provenance[allCustomFields] = mark(write);
  draft.touched = true;
  for (const path of Object.keys(draft.provenance)) {
    if (!path.startsWith(`${allCustomFields}.`) || !wins(write, draft.provenance[path])) continue;
    delete draft.provenance[path];
    delete draft.customFields[path.slice(allCustomFields.length + 1)];
  }
};

const writeConsent = (person: PersonRecord, write: PersonWrite): PersonRecord => {
  const { custom, pending = {}, evidence } = write.consentDetails ?? {};
  const given = Object.entries({ ...write.consent, ...custom }) as [ConsentPurpose, boolean | undefined][];
  const said = given.filter(([purpose, granted]) => granted !== undefined && wins(write, person.consent[purpose]));
  if (said.length === 0) return person;
  const states = said.map(([purpose, granted]): [string, ConsentState] => {
    const token = pending[purpose];
    const state = { ...mark(write), ...evidence, granted: granted === true && token === undefined };
    return [purpose, token === undefined ? state : { ...state, pending: token }];
  });
  return { ...person, consent: { ...person.consent, ...Object.fromEntries(states) } };
};

const addIdentifiers = (person: PersonRecord, { identifiers = [], at, source }: PersonWrite): PersonRecord => {
  const known = new Set(person.identifiers.map(identifier => identifier.key));
  const added = identifiers
    .map(identifier => ({ ...identifier, key: matchKey(identifier), firstSeenAt: at, source }))
    .filter(({ key }) => !known.has(key) && known.add(key));
  return added.length === 0 ? person : { ...person, identifiers: [...person.identifiers, ...added] };
};
