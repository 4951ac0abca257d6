/** The most bytes that an event of a client may have as JSON. */
export const eventBytesMax = 32 * 1024;

/** A UTF-16 unit has at most six bytes when it is written as an escape, a number and a word at most 25. */
const [bytesOfUnit, bytesOfValue] = [6, 25];

/** Mostly it has not, and then nobody need write it to know. */
const mayBeLarge = (value: unknown): boolean => bytesAtMost(value, 0) > eventBytesMax;

const bytesAtMost = (value: unknown, before: number): number => {
  if (before > eventBytesMax) return before;
  if (typeof value === 'string') return before + value.length * bytesOfUnit + bytesOfValue;
  if (typeof value !== 'object' || value === null) return before + bytesOfValue;
  let bytes = before + bytesOfValue;
  if (Array.isArray(value)) for (const one of value) bytes = bytesAtMost(one, bytes);
  else {
    for (const name in value) {
      bytes = bytesAtMost((value as Record<string, unknown>)[name], bytes + name.length * bytesOfUnit + bytesOfValue);
    }
  }
  return bytes;
};

/** A UTF-16 unit has at most three bytes in UTF-8, so that short texts need not be encoded. */
const bytesOf = (text: string): number =>
  text.length * 3 <= eventBytesMax ? text.length : new TextEncoder().encode(text).length;

/** How many bytes an event has as JSON, as far as it may be too many of them; else 0. */
export const bytesIfLarge = (event: unknown): number => (mayBeLarge(event) ? bytesOf(JSON.stringify(event)) : 0);
