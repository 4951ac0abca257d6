import { randomBytes, randomInt } from 'node:crypto';
import { ulid } from 'ulid';

/** `<prefix>-<ULID>`: sorts by time of creation; 80 random bits, so that nobody guesses one. */
export const newId = (prefix: string): string => `${prefix}-${ulid().toLowerCase()}`;

const letters = [...'0123456789abcdefghjkmnpqrstvwxyz'];
const pairs = letters.flatMap(first => letters.map(second => first + second));
const [pairBits, pairMask] = [10, 1023];
/** The last six letters of a ULID count on within a millisecond. */
const countedLetters = 6;

/** Six letters for 30 bits. */
const lettersOf = (count: number): string =>
  `${pairs[count >>> (2 * pairBits)]}${pairs[(count >>> pairBits) & pairMask]}${pairs[count & pairMask]}`;

let [lastAt, start, count] = [0, '', 0];

/**
 * Like `newId`, in strictly rising order within this process and cheap enough for every event: one ULID a millisecond,
 * counted on from there.
 */
export const nextEventId = (at: number): string => {
  if (at > lastAt || count > 2 ** 30 - 2) {
    lastAt = Math.max(at, lastAt + 1);
    start = `event-${ulid(lastAt).slice(0, -countedLetters).toLowerCase()}`;
    count = randomInt(2 ** 29);
  }
  count += 1;
  return start + lettersOf(count);
};

/** The secret part of an API key: 192 random bits. */
export const newSecret = (): string => randomBytes(24).toString('hex');
