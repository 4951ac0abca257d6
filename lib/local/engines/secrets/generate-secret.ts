import { randomInt } from 'node:crypto';
import { booleanOf, type ExpressionMap, numberOf, textOf } from '../../assembly/template.ts';

const characterSets = [
  ['ExcludeLowercase', 'abcdefghijklmnopqrstuvwxyz'],
  ['ExcludeUppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['ExcludeNumbers', '0123456789'],
  ['ExcludePunctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
] as const;

const password = (rules: ExpressionMap): string => {
  const excluded = textOf(rules.ExcludeCharacters) ?? '';
  const allowed = characterSets
    .filter(([rule]) => !booleanOf(rules[rule]))
    .map(([, characters]) => characters)
    .join('');
  const choice = [...allowed, ...(booleanOf(rules.IncludeSpace) ? ' ' : '')].filter(one => !excluded.includes(one));
  const length = numberOf(rules.PasswordLength) ?? 32;
  return Array.from({ length }, () => choice[randomInt(choice.length)]).join('');
};

/**
 * A random secret by the rules of `GenerateSecretString`. With a template and a key it is a JSON object in which that
 * key holds the random text: `{"user":"a"}` and `password` → `{"user":"a","password":"…"}`.
 */
export const generateSecret = (rules: ExpressionMap): string => {
  const key = textOf(rules.GenerateStringKey);
  const template = textOf(rules.SecretStringTemplate);
  if (!key || !template) return password(rules);
  return JSON.stringify({ ...(JSON.parse(template) as ExpressionMap), [key]: password(rules) });
};
