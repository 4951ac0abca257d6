import { type Identifier, impliedIdentifiers, matchKey, whyUnusable } from '../../model/identifier.ts';
import { isStrong } from '../../model/identifier-strength.ts';
import { type IdentityConfig, isBlockedBy } from '../../model/identity-config.ts';
import type { Attributes } from '../../model/profile.ts';
import { type MatchRecord, matchRecord } from './match-record.ts';
import type { MatchSettings } from './match-settings.ts';
import type { AttributeKinds } from './normal-forms.ts';

/** What is compared of a person; addresses and numbers are identifiers, wherever they were given. */
export interface ComparedPerson {
  attributes: Attributes;
  identifiers: readonly Identifier[];
}

const customName = (name: string): string => `customFields.${name}`;

/** The attributes of profiles that are compared. */
export const comparedKinds = ({
  comparedCustomFields,
}: Pick<IdentityConfig, 'comparedCustomFields'>): AttributeKinds => ({
  firstName: 'givenName',
  lastName: 'familyName',
  birthDate: 'birthDate',
  city: 'city',
  postalCode: 'postalCode',
  ...Object.fromEntries(comparedCustomFields.map(name => [customName(name), 'text' as const])),
});

export const matchSettingsOf = (config: IdentityConfig): MatchSettings => ({
  identifierWeights: config.weights,
  mergeScoreMin: config.autoMergeThreshold,
  reviewScoreMin: config.manualReviewThreshold,
  possibleScoreMin: config.possibleMatch,
});

const comparedAttributes = ({ customFields, ...attributes }: Attributes, config: IdentityConfig) => {
  const { firstName, lastName, birthDate, city, postalCode } = attributes;
  const custom = config.comparedCustomFields.flatMap(name => {
    const value = customFields[name];
    return value === undefined || typeof value === 'object' ? [] : [[customName(name), String(value)]];
  });
  return { firstName, lastName, birthDate, city, postalCode, ...Object.fromEntries(custom) };
};

/** Every identifier that a person has or implies, each once, but those that tell nobody. */
export const identifiersOf = ({ attributes, identifiers }: ComparedPerson, config: IdentityConfig): Identifier[] => {
  const all = [...identifiers, ...impliedIdentifiers(attributes)].filter(one => !isBlockedBy(one, config));
  return [...new Map(all.map(one => [matchKey(one), one])).values()];
};

/** A person in the form in which records are compared. */
export const profileRecord = (person: ComparedPerson, config: IdentityConfig): MatchRecord =>
  matchRecord(comparedAttributes(person.attributes, config), comparedKinds(config), identifiersOf(person, config));

/** Is it known who the person is, and not only which device was used? */
export const isKnown = ({ identifiers }: Pick<ComparedPerson, 'identifiers'>): boolean => identifiers.some(isStrong);

const customersOf = ({ identifiers }: Pick<ComparedPerson, 'identifiers'>): string[] =>
  identifiers.filter(({ type }) => type === 'customerId').map(matchKey);

/** Have both a customer id, and none is the same? Whatever else agrees, they are two. */
export const areDifferentCustomers = (
  one: Pick<ComparedPerson, 'identifiers'>,
  other: Pick<ComparedPerson, 'identifiers'>,
): boolean => {
  const [own, others] = [customersOf(one), customersOf(other)];
  return own.length > 0 && others.length > 0 && !own.some(key => others.includes(key));
};

/** Keys of addresses and numbers that a person gave and somebody else has. */
export const foreignKeys = (person: ComparedPerson, config: IdentityConfig): string[] => {
  const own = new Set(person.identifiers.map(matchKey));
  return identifiersOf({ ...person, identifiers: [] }, config)
    .filter(one => whyUnusable(one) === undefined)
    .map(matchKey)
    .filter(key => !own.has(key));
};

/** All by which somebody may be found to be the same as another one; empty where there is nothing. */
const toldBy = (person: ComparedPerson, config: IdentityConfig): string => {
  const attributes = JSON.stringify(comparedAttributes(person.attributes, config));
  const foreign = foreignKeys(person, config);
  if (attributes === '{}' && foreign.length === 0) return '';
  const strong = person.identifiers.filter(isStrong).map(matchKey);
  return JSON.stringify([attributes, foreign, strong]);
};

/** Do two states of a person say the same to whoever looks for others like it? */
export const comparesAlike = (before: ComparedPerson, after: ComparedPerson, config: IdentityConfig): boolean =>
  toldBy(before, config) === toldBy(after, config);
