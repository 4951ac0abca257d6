import type { AttributeChange, NotedChanges } from '../../model/attribute-change.ts';
import { type Identifier, type IdentifierType, matchKey } from '../../model/identifier.ts';
import type { Attributes } from '../../model/profile.ts';
import type { Counters, Override, PersonRecord } from '../../model/profile-state.ts';

const [attributes, identifiers, computed] = ['attributes.', 'identifiers.', 'computed.'];

/** What of a profile a change can be taken back of. */
export interface Changeable {
  person: PersonRecord;
  overrides: Counters['overrides'];
}

/** Fields as they are replaced one by one, in copies of their own. */
const withField = (person: PersonRecord, name: string, { old, was }: AttributeChange): PersonRecord => {
  const { customFields, ...plain } = person.attributes;
  const [custom, own] = name.startsWith('customFields.') ? [true, name.slice('customFields.'.length)] : [false, name];
  const before: Record<string, unknown> = { ...(custom ? customFields : plain) };
  const provenance = { ...person.provenance };
  if (old === undefined) delete before[own];
  else before[own] = old;
  if (was?.id === undefined) delete provenance[name];
  else provenance[name] = { at: was.at, source: was.source, id: was.id };
  const tags = { tags: person.attributes.tags };
  const changed = custom ? { ...plain, customFields: before } : { ...tags, ...before, customFields };
  return { ...person, provenance, attributes: changed as Attributes };
};

const withIdentifier = (person: PersonRecord, type: string, change: AttributeChange): PersonRecord => {
  const identifierOf = (value: unknown): Identifier => ({ type: type as IdentifierType, value: String(value) });
  if (change.new !== undefined) {
    const key = matchKey(identifierOf(change.new));
    return { ...person, identifiers: person.identifiers.filter(known => known.key !== key) };
  }
  const identifier = identifierOf(change.old);
  const known = { firstSeenAt: change.was?.at ?? 0, source: change.was?.source ?? 'api' };
  const restored = { ...identifier, key: matchKey(identifier), ...known };
  return { ...person, identifiers: person.identifiers.toSpliced(change.place ?? 0, 0, restored) };
};

const withOverride = (overrides: Counters['overrides'], name: string, { old, was }: AttributeChange) => {
  const field = name as keyof Counters['overrides'];
  const { [field]: _set, ...others } = overrides;
  const standing: Override | undefined = was && { at: was.at, value: old as string | number };
  return standing ? { ...others, [field]: standing } : others;
};

const takenBack = (state: Changeable, change: AttributeChange): Changeable => {
  const { field } = change;
  if (field.startsWith(attributes))
    return { ...state, person: withField(state.person, field.slice(attributes.length), change) };
  if (field.startsWith(identifiers))
    return { ...state, person: withIdentifier(state.person, field.slice(identifiers.length), change) };
  return { ...state, overrides: withOverride(state.overrides, field.slice(computed.length), change) };
};

/**
 * Who somebody was as of an instant (epoch ms): what was committed since is taken back, the newest first.
 *
 * @param noted newest first
 */
export const personAsOf = (state: Changeable, noted: readonly NotedChanges[], at: number): Changeable =>
  noted
    .filter(one => one.at > at)
    .flatMap(({ changes }) => changes.toReversed())
    .reduce(takenBack, state);
