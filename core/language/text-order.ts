const ascii = /^[\0-\x7f]*$/;
const surrogate = /[\ud800-\udfff]/;

/**
 * A text in small letters, letter by letter and each by itself, as every engine does it: what a letter becomes does not
 * depend on those around it, and it stays one letter.
 */
export const lowered = (text: string): string => {
  if (ascii.test(text)) return text.toLowerCase();
  let result = '';
  for (const letter of text) {
    const small = letter.toLowerCase();
    result += [...small].length === 1 ? small : letter;
  }
  return result;
};

/** Texts in the order of their code points, which is that of their bytes: -1, 0 or 1. */
export const inOrder = (left: string, right: string): number => {
  if (left === right) return 0;
  if (!surrogate.test(left) && !surrogate.test(right)) return left < right ? -1 : 1;
  const [own, other] = [[...left], [...right]];
  const place = own.findIndex((letter, index) => letter !== other[index]);
  const [a, b] = [own[place]?.codePointAt(0) ?? -1, other[place]?.codePointAt(0) ?? -1];
  return place < 0 || a < b ? -1 : 1;
};
