import { type Identifier, impliedIdentifiers, matchKey } from '../../model/identifier.ts';
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

/** Do two states of a person say the same to whoever looks for others like it? */
export const comparesAlike = (before: ComparedPerson, after: ComparedPerson, config: IdentityConfig): boolean => {
  const told = (person: ComparedPerson) =>
    JSON.stringify([
      comparedAttributes(person.attributes, config),
      identifiersOf(person, config).filter(isStrong).map(matchKey),
    ]);
  return told(before) === told(after);
};
