import { byStrength, type Identifier, matchKey } from '../../model/identifier.ts';
import { defaultIdentityConfig, type IdentityConfig, isBlockedBy, ruleOf } from '../../model/identity-config.ts';

export type UsableRules = Pick<IdentityConfig, 'identifiers' | 'blockedValues' | 'providerAwareEmail'>;

const plain = (value: string): string => value.trim().toLowerCase();

/**
 * The identifiers of an event that may tell who it was, those of the first priority first. Where providers are not
 * heeded, an address that somebody has in another spelling tells nothing.
 *
 * @param holder the identifier as whoever has the key has it
 */
export const usableIdentifiers = (
  given: readonly Identifier[],
  rules: UsableRules,
  holder: (key: string) => Identifier | undefined,
): readonly Identifier[] => {
  if (rules.identifiers === defaultIdentityConfig.identifiers && rules.blockedValues.length === 0) {
    if (rules.providerAwareEmail) return given;
  }
  const isOtherSpelling = (identifier: Identifier): boolean => {
    if (rules.providerAwareEmail || identifier.type !== 'email') return false;
    const held = holder(matchKey(identifier));
    return held !== undefined && plain(held.value) !== plain(identifier.value);
  };
  const priority = ({ type }: Identifier) => ruleOf(type, rules).priority;
  return given
    .filter(identifier => !isBlockedBy(identifier, rules) && !isOtherSpelling(identifier))
    .sort((left, right) => priority(left) - priority(right) || byStrength(left, right));
};
