import { doubleMetaphone } from 'double-metaphone';
import type { Comparison, Normalised } from './comparison.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { sameForShort } from './nicknames.ts';
import { oneEditApart } from './one-edit-apart.ts';

/** Names at least so alike (Jaro-Winkler) are taken for spellings of one, and for distant ones. */
const [closeMin, alikeMin] = [0.92, 0.84];

const givenLevels = ['missing', 'different', 'alike', 'initial', 'short form', 'close', 'exact'];
const [missing, different, alike, initial, shortForm, closeGiven, exactGiven] = [0, 1, 2, 3, 4, 5, 6];
const familyLevels = ['missing', 'different', 'alike', 'crossed', 'close', 'exact'];
const [crossed, closeFamily, exactFamily] = [3, 4, 5];

const sounds = new Map<string, string>();

/** How a word sounds in English (Double Metaphone of L. Philips, 2000), remembered. */
export const soundOf = (word: string): string => {
  const known = sounds.get(word);
  if (known !== undefined) return known;
  if (sounds.size > 100_000) sounds.clear();
  const sound = doubleMetaphone(word)[0] || word;
  sounds.set(word, sound);
  return sound;
};

const firstWord = (name: string): string => {
  const end = name.indexOf(' ');
  return end < 0 ? name : name.slice(0, end);
};

/** Where one name was put in the other's place: `given` of one is `family` of the other. */
const isCrossed = (left: Normalised, right: Normalised, given: string, family: string): boolean =>
  (left[given] !== undefined && left[given] === right[family] && left[given] !== left[family]) ||
  (right[given] !== undefined && right[given] === left[family] && right[given] !== right[family]);

/** Close spellings reach the level that is given for them. */
const likeness = (one: string, other: string, close: number): number => {
  if (oneEditApart(one, other) && Math.min(one.length, other.length) > 3) return close;
  const similarity = jaroWinkler(one, other);
  if (similarity >= closeMin) return close;
  return similarity >= alikeMin || soundOf(one) === soundOf(other) ? alike : different;
};

const givenLikeness = (one: string, other: string): number => {
  if (one === other) return closeGiven;
  if (one.length === 1 || other.length === 1) return one[0] === other[0] ? initial : different;
  return sameForShort(one, other) ? shortForm : likeness(one, other, closeGiven);
};

/** Given names: exact, close, one the short form of the other, an initial only, alike, different. */
export const givenName = (given: string, family: string): Comparison => ({
  name: given,
  attributes: [given, family],
  ofHousehold: false,
  levels: givenLevels,
  levelOf: (left, right) => {
    const [one, other] = [left[given], right[given]];
    if (one === undefined || other === undefined) return missing;
    if (one === other) return exactGiven;
    // A family name that stands here says nothing of the given name.
    return isCrossed(left, right, given, family) ? missing : givenLikeness(firstWord(one), firstWord(other));
  },
  termAttributes: givenLevels.map((_, level) => (level === exactGiven ? given : undefined)),
  termOf: left => left[given] ?? '',
});

/** Family names: exact, close, given in the place of the given name, alike, different. */
export const familyName = (given: string, family: string): Comparison => ({
  name: family,
  attributes: [given, family],
  ofHousehold: true,
  levels: familyLevels,
  levelOf: (left, right) => {
    const [one, other] = [left[family], right[family]];
    if (one !== undefined && one === other) return exactFamily;
    if (isCrossed(left, right, given, family)) return crossed;
    return one === undefined || other === undefined ? missing : likeness(one, other, closeFamily);
  },
  termAttributes: familyLevels.map((_, level) => (level === exactFamily || level === crossed ? family : undefined)),
  termOf: (left, right, level) => (level === exactFamily ? left[family] : crossing(left, right, given, family)) ?? '',
});

const crossing = (left: Normalised, right: Normalised, given: string, family: string): string | undefined =>
  left[given] === right[family] ? left[given] : right[given];
