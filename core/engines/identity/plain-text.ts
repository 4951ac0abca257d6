/** Letters that no mark can be taken from, and how they are written without. */
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const asciiOnly = /^[ -~]*$/;

/** Small letters without marks, every other sign than letters and digits a blank, apostrophes gone, single blanks. */
export const plainText = (text: string): string => {
  const small = text.toLowerCase();
  const bare = asciiOnly.test(small)
    ? small
    : small
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .replace(/[ßæœøłđðþı]/g, letter => spelled[letter] ?? letter);
  return bare
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
};
