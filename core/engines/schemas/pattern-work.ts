/**
 * How much work a regular expression may make of a text of 256 units, as a power of two; `Infinity` for one that may run
 * for ever, or whose constructs are not understood here.
 *
 * Engines go back and try every other way, so that the ways multiply: a repetition may end at each of 256 places, a
 * choice doubles, and a pattern that is not held at the start begins at each place anew.
 */
export const patternWork = (pattern: string): number => {
  const reader: Reader = { pattern, at: 0, depth: 0 };
  const work = alternatives(reader);
  const anywhere = pattern.startsWith('^') ? 0 : repetitionBits;
  return reader.at < pattern.length ? Number.POSITIVE_INFINITY : work + anywhere;
};

/** A repetition without an end, in a text of 256 units. */
const repetitionBits = 8;
const depthMax = 20;

interface Reader {
  pattern: string;
  at: number;
  depth: number;
}

const peek = ({ pattern, at }: Reader): string => pattern[at] ?? '';

const alternatives = (reader: Reader): number => {
  let work = sequence(reader);
  while (peek(reader) === '|') {
    reader.at += 1;
    work += 1 + sequence(reader);
  }
  return work;
};

const sequence = (reader: Reader): number => {
  let work = 0;
  while (reader.at < reader.pattern.length && peek(reader) !== '|' && peek(reader) !== ')') {
    const atom = readAtom(reader);
    work += repeated(atom, readQuantifier(reader));
  }
  return work;
};

/** The work of what is to be matched once. */
const readAtom = (reader: Reader): number => {
  switch (peek(reader)) {
    case '(':
      return readGroup(reader);
    case '[':
      return readClass(reader);
    case '\\':
      return readEscape(reader);
    default:
      reader.at += 1;
      return 0;
  }
};

/** Looking around and named groups are not understood here. */
const readGroup = (reader: Reader): number => {
  reader.at += 1;
  if (peek(reader) === '?') {
    if (!reader.pattern.startsWith('?:', reader.at)) return Number.POSITIVE_INFINITY;
    reader.at += 2;
  }
  reader.depth += 1;
  if (reader.depth > depthMax) return Number.POSITIVE_INFINITY;
  const work = alternatives(reader);
  reader.depth -= 1;
  reader.at += 1;
  return work;
};

const readClass = (reader: Reader): number => {
  reader.at += 1;
  while (reader.at < reader.pattern.length && peek(reader) !== ']') reader.at += peek(reader) === '\\' ? 2 : 1;
  reader.at += 1;
  return 0;
};

/** `\1` and `\k<name>` repeat what was found before: nothing bounds how long that takes. */
const readEscape = (reader: Reader): number => {
  reader.at += 1;
  const letter = peek(reader);
  reader.at += 1;
  if (letter === 'p' || letter === 'P') reader.at = Math.max(reader.at, reader.pattern.indexOf('}', reader.at) + 1);
  return /[1-9k]/.test(letter) ? Number.POSITIVE_INFINITY : 0;
};

interface Times {
  least: number;
  most: number;
}

const counted = /^\{(\d+)(,(\d*))?\}/;

const readQuantifier = (reader: Reader): Times => {
  const letter = peek(reader);
  const times = letter === '{' ? readCount(reader) : signs[letter];
  if (times === undefined) return { least: 1, most: 1 };
  if (letter !== '{') reader.at += 1;
  if (peek(reader) === '?') reader.at += 1;
  return times;
};

const signs: Readonly<Record<string, Times>> = {
  '*': { least: 0, most: Number.POSITIVE_INFINITY },
  '+': { least: 1, most: Number.POSITIVE_INFINITY },
  '?': { least: 0, most: 1 },
};

const readCount = (reader: Reader): Times | undefined => {
  const [whole, least = '', comma, most = ''] = counted.exec(reader.pattern.slice(reader.at)) ?? [];
  if (whole === undefined) return undefined;
  reader.at += whole.length;
  const lower = Number(least);
  if (comma === undefined) return { least: lower, most: lower };
  return { least: lower, most: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
};

/** What has ways of its own has them every time. */
const repeated = (work: number, { least, most }: Times): number => {
  const ends = most === least ? 0 : Math.min(repetitionBits, Math.ceil(Math.log2(most - least + 1)));
  return ends + (work === 0 ? 0 : work * most);
};
