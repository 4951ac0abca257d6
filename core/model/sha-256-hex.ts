/* Secure Hash Standard, FIPS 180-4, sections 4.1.2, 5.3.3 and 6.2.2. */

const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;

const isPrime = (candidate: number): boolean => {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) return false;
  return true;
};

const primes: number[] = [];
for (let candidate = 2; primes.length < 64; candidate += 1) if (isPrime(candidate)) primes.push(candidate);

const roundConstants = Int32Array.from(primes, prime => fraction(Math.cbrt(prime)));
const initialState = Int32Array.from(primes.slice(0, 8), prime => fraction(Math.sqrt(prime)));
const blockBytes = 64;

const rotated = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The message, a bit of 1, zeros, and its length in bits: a whole number of blocks. */
const padded = (message: Uint8Array): DataView => {
  const blocks = Math.ceil((message.length + 9) / blockBytes);
  const bytes = new Uint8Array(blocks * blockBytes);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(bytes.length - 4, (message.length << 3) >>> 0);
  return view;
};

const at = (words: Int32Array, index: number): number => words[index] ?? 0;

const schedule = (view: DataView, offset: number): Int32Array => {
  const words = new Int32Array(64);
  for (let t = 0; t < 16; t += 1) words[t] = view.getInt32(offset + t * 4);
  for (let t = 16; t < 64; t += 1) {
    const [early, late] = [at(words, t - 15), at(words, t - 2)];
    const small = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const large = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    words[t] = (at(words, t - 16) + small + at(words, t - 7) + large) | 0;
  }
  return words;
};

const compress = (state: Int32Array, words: Int32Array): void => {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t += 1) {
    const choice = (e & f) ^ (~e & g);
    const first =
      (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + choice + at(roundConstants, t) + at(words, t)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = (at(state, index) + word) | 0;
};

/** The SHA-256 of a text in UTF-8, in 64 hexadecimal digits. */
export const sha256Hex = (text: string): string => {
  const view = padded(new TextEncoder().encode(text));
  const state = initialState.slice();
  for (let offset = 0; offset < view.byteLength; offset += blockBytes) compress(state, schedule(view, offset));
  return Array.from(state, word => (word >>> 0).toString(16).padStart(8, '0')).join('');
};
