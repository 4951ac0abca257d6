const hash = /^[0-9a-f]{64}$/;

/**
 * Hashes that stand for no identifier: of nothing, of what people leave in a field for want of a better value, and of
 * addresses that were hashed before they were normalised. A platform that is sent one matches nobody, or the wrong one.
 */
const knownBad: Readonly<Record<string, string>> = {
  e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855: 'the hash of an empty text',
  '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b': 'the hash of "null"',
  eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c: 'the hash of "undefined"',
};

/** Why a value is no hash that may be sent, or `undefined`. */
export const hashFault = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return 'must be a text';
  if (!hash.test(value)) return 'must be hashed with SHA-256, in lower-case hexadecimal digits';
  return knownBad[value];
};
