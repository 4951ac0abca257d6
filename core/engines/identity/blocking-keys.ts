import { postalArea } from './compare-addresses.ts';
import { soundOf } from './compare-names.ts';
import type { Normalised } from './comparison.ts';
import type { MatchRecord } from './match-record.ts';
import { fullNames } from './nicknames.ts';
import type { AttributeKind, AttributeKinds } from './normal-forms.ts';

/** A part of a key: its name and its value; without a value there is no key. */
type Part = readonly [name: string, value: string | undefined];

const key = (...parts: Part[]): string[] =>
  parts.every(([, value]) => value !== undefined)
    ? [`${parts.map(([name]) => name).join('+')}:${parts.map(([, value]) => value).join('|')}`]
    : [];

/** What keys are made of. */
const partsOf = (record: Normalised, kinds: AttributeKinds) => {
  const of = (kind: AttributeKind): string | undefined => {
    const name = Object.keys(kinds).find(one => kinds[one] === kind && record[one] !== undefined);
    return name === undefined ? undefined : record[name];
  };
  const [given, family] = [of('givenName')?.split(' ') ?? [], of('familyName')?.split(' ') ?? []];
  const [date, code] = [of('birthDate'), of('postalCode')];
  const texts = Object.keys(kinds).filter(name => kinds[name] === 'text');
  return {
    words: [...given, ...family],
    // How each word of the name sounds, and what the first may be short for: whatever word stands where.
    names: [
      ...new Set([...given, ...family].map(soundOf).concat(given.slice(0, 1).flatMap(name => [...fullNames(name)]))),
    ],
    date: ['date', date] as Part,
    year: ['year', date?.slice(0, 4)] as Part,
    day: ['day', date?.slice(4)] as Part,
    city: ['city', of('city')] as Part,
    code: ['code', code] as Part,
    area: ['area', code === undefined ? undefined : postalArea(code)] as Part,
    contacts: [['email', of('email')] as Part, ['phone', of('phone')] as Part],
    texts: texts.map(name => [name, record[name]] as Part),
  };
};

/**
 * The keys of a record: whoever shares one is compared with it. Each is made of two or three things that may be right
 * when all the others are wrong or missing, so that few errors can keep two records of a person apart.
 */
export const blockingKeys = ({ attributes, identifiers }: MatchRecord, kinds: AttributeKinds): string[] => {
  const { words, names, date, year, day, city, code, area, contacts, texts } = partsOf(attributes, kinds);
  const sorted = names.sort();
  return [
    ...sorted.flatMap((name, index) => sorted.slice(index + 1).flatMap(other => key(['names', name], ['', other]))),
    ...sorted.flatMap(name => {
      const called: Part = ['name', name];
      const places = [code, area, city].flatMap(place => key(called, place));
      const dates = [date, year, day].flatMap(part => key(called, part));
      return [...places, ...dates, ...key(called, city, year), ...texts.flatMap(text => key(called, text))];
    }),
    ...words.flatMap(word => key(['word', word])),
    ...[code, city, date, ...contacts].flatMap(part => key(part)),
    ...[city, area].flatMap(place => [...key(date, place), ...key(day, place)]),
    ...texts.flatMap(text => [city, area, date].flatMap(part => key(text, part))),
    ...Object.values(identifiers).flatMap(matchKeys => matchKeys.flatMap(value => key(['identifier', value]))),
  ];
};

/**
 * Made of so much that few people share one; of those alone an index is kept that grows with every person. Whoever has
 * an identifier is found by it without one.
 */
const telling = /^(?:names\+|name\+(?:date|day|code|area)|date\+(?:city|area))/;

/** The keys under which a record is found at once, without all records being compared. */
export const indexKeys = (record: MatchRecord, kinds: AttributeKinds): string[] => [
  ...new Set(blockingKeys(record, kinds).filter(one => telling.test(one))),
];
