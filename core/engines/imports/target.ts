import { IdentifierType, identifierTypes } from '../../model/identifier.ts';
import type { ImportKind } from '../../model/import-spec.ts';
import { attributeShape, consentChannels } from '../../model/profile.ts';
import { addTo, type Body, putAt } from './body.ts';
import { type ReadValue, readAny, readList, readText, readYesNo } from './read-value.ts';

/** Where a value goes, and how it is read. */
export interface Target {
  /** As it is written in `--map`, e.g. `properties.amount`. */
  name: string;
  read: ReadValue;
  put: (body: Body, value: unknown) => void;
}

type Lookup = (name: string) => Omit<Target, 'name'> | undefined;

const at = (path: readonly string[], read: ReadValue): Omit<Target, 'name'> => ({
  read,
  put: (body, value) => putAt(body, path, value),
});

const oneOf =
  (names: readonly string[], read: ReadValue): Lookup =>
  name =>
    names.includes(name) ? at(name.split('.'), read) : undefined;

/** Members that every object inherits; the API takes none of them. */
const inherited = new Set(['__proto__', 'constructor', 'prototype']);

/** Everything below a name: nested at each dot. */
const below =
  (prefix: string): Lookup =>
  name => {
    const path = name.split('.');
    const [first, ...rest] = path;
    const usable = rest.length > 0 && rest.every(part => part !== '' && !inherited.has(part));
    return first === prefix && usable ? at(path, readAny) : undefined;
  };

/** A custom field: its name is all that follows, dots included. */
const customField =
  (...parents: string[]): Lookup =>
  name => {
    const prefix = [...parents, 'customFields', ''].join('.');
    const field = name.slice(prefix.length);
    const usable = name.startsWith(prefix) && field !== '' && !inherited.has(field);
    return usable ? at([...parents, 'customFields', field], readAny) : undefined;
  };

const eventIdentifier: Lookup = name => {
  const { data: type } = IdentifierType.safeParse(name);
  if (type === undefined) return undefined;
  return { read: readText, put: (body, value) => addTo(body, ['identifiers'], { type, value }) };
};

const profileIdentifier: Lookup = name => {
  if (!IdentifierType.safeParse(name).success || inherited.has(name.slice('custom:'.length))) return undefined;
  if (name.startsWith('custom:')) return at(['externalIds', 'custom', name.slice('custom:'.length)], readText);
  return { read: readText, put: (body, value) => addTo(body, ['externalIds', `${name}s`], value) };
};

const attributeNames = Object.keys(attributeShape);
const consents = consentChannels.map(channel => `consent.${channel}`);
const eventFields = ['profileId', 'timestamp', 'sessionId', 'source', 'messageId'];
const suppressionFields = ['profileId', 'reason', 'expiresAt'];
const custom = ['custom:<name>'];

interface Catalogue {
  lookups: readonly Lookup[];
  /** For messages. */
  names: readonly string[];
}

const catalogues: Record<ImportKind, Catalogue> = {
  events: {
    lookups: [
      oneOf([...eventFields, 'type'], readText),
      oneOf(consents, readYesNo),
      oneOf(
        attributeNames.map(name => `traits.${name}`),
        readText,
      ),
      oneOf(['traits.tags'], readList),
      customField('traits'),
      below('properties'),
      below('context'),
      eventIdentifier,
    ],
    names: [
      ...identifierTypes,
      ...custom,
      ...eventFields,
      'type',
      'properties.<name>',
      'traits.<attribute>',
      'traits.customFields.<name>',
      ...consents,
      'context.<name>',
    ],
  },
  consents: {
    lookups: [oneOf(eventFields, readText), oneOf(consents, readYesNo), below('properties'), eventIdentifier],
    names: [...consents, ...identifierTypes, ...custom, ...eventFields, 'properties.<name>'],
  },
  profiles: {
    lookups: [
      oneOf(['customerId', ...attributeNames], readText),
      oneOf(consents, readYesNo),
      oneOf(['tags'], readList),
      customField(),
      profileIdentifier,
    ],
    names: [
      ...identifierTypes,
      ...custom,
      ...attributeNames.filter(name => !(identifierTypes as readonly string[]).includes(name)),
      'tags',
      'customFields.<name>',
      ...consents,
    ],
  },
  suppressions: {
    lookups: [oneOf(suppressionFields, readText), oneOf(['channels'], readList), eventIdentifier],
    names: [...identifierTypes, ...custom, ...suppressionFields, 'channels'],
  },
};

/** The target of a name, or `undefined` where imports of this kind know none. */
export const targetOf = (kind: ImportKind, name: string): Target | undefined => {
  for (const lookup of catalogues[kind].lookups) {
    const found = lookup(name);
    if (found) return { name, ...found };
  }
  return undefined;
};

/** Every name that imports of this kind know, for messages. */
export const targetNames = (kind: ImportKind): readonly string[] => catalogues[kind].names;
