const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const ulid = /-([0-7][0-9a-hjkmnp-tv-z]{25})(?![0-9a-z])/;
const timeLetters = 10;

/**
 * When the id that stands in a text was made (epoch ms); `undefined` where no such id stands in it.
 *
 * @example idTime('hot/events/hot-01jm4w0e8000000000000000.ndjson.gz')
 */
export const idTime = (text: string): number | undefined => {
  const id = ulid.exec(text)?.[1];
  if (id === undefined) return undefined;
  return [...id.slice(0, timeLetters)].reduce((time, letter) => time * letters.length + letters.indexOf(letter), 0);
};
