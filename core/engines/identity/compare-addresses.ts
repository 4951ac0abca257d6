import type { Comparison, Normalised } from './comparison.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { oneEditApart } from './one-edit-apart.ts';

/** Cities at least so alike are taken for spellings of one. */
const closeMin = 0.9;

const cityLevels = ['city missing', 'city different', 'city close', 'city exact'];
const codeLevels = ['code missing', 'code different', 'same area', 'code close', 'code exact'];
const [missing, different, close, cityExact] = [0, 1, 2, 3];
const [sameArea, codeClose, codeExact] = [2, 3, 4];

/** What a postal code begins with: the part before the blank, or its first three characters. */
export const postalArea = (code: string): string => {
  const blank = code.indexOf(' ');
  return blank < 0 ? code.slice(0, 3) : code.slice(0, blank);
};

const cityLevel = (one: string | undefined, other: string | undefined): number => {
  if (one === undefined || other === undefined) return missing;
  if (one === other) return cityExact;
  return oneEditApart(one, other) || jaroWinkler(one, other) >= closeMin ? close : different;
};

const codeLevel = (one: string | undefined, other: string | undefined): number => {
  if (one === undefined || other === undefined) return missing;
  if (one === other) return codeExact;
  if (oneEditApart(one, other)) return codeClose;
  return postalArea(one) === postalArea(other) ? sameArea : different;
};

const joint = (city: number, code: number): number => city * codeLevels.length + code;

/**
 * City and postal code are one comparison, for where one agrees the other does so too, whoever lives there: each pair
 * of their levels has a weight of its own.
 */
export const address = (city: string, code: string): Comparison => ({
  name: 'address',
  attributes: [city, code],
  ofHousehold: true,
  levels: cityLevels.flatMap(ofCity =>
    codeLevels.map(ofCode =>
      ofCity === 'city missing' && ofCode === 'code missing' ? 'missing' : `${ofCity}, ${ofCode}`,
    ),
  ),
  levelOf: (left: Normalised, right: Normalised) =>
    joint(cityLevel(left[city], right[city]), codeLevel(left[code], right[code])),
  termAttributes: cityLevels.flatMap((_, ofCity) =>
    codeLevels.map((_, ofCode) => (ofCode === codeExact ? code : ofCity === cityExact ? city : undefined)),
  ),
  termOf: (left, _right, level) => (level % codeLevels.length === codeExact ? left[code] : left[city]) ?? '',
});
