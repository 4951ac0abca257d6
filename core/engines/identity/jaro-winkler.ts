/** The share of a common beginning that counts, and how many characters of it. */
const [prefixScale, prefixMax] = [0.1, 4];

/**
 * How alike two words are, from 0 to 1: Jaro's similarity, raised for a common beginning.
 * Formula: W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record
 * Linkage", 1990. Time grows with the product of the lengths, which are those of names.
 *
 * @example jaroWinkler('martha', 'marhta') // 0.961…
 */
export const jaroWinkler = (left: string, right: string): number => {
  if (left === right) return 1;
  const jaro = jaroSimilarity(left, right);
  let prefix = 0;
  while (prefix < prefixMax && prefix < left.length && left.charCodeAt(prefix) === right.charCodeAt(prefix))
    prefix += 1;
  return jaro + prefix * prefixScale * (1 - jaro);
};

/** Half the transpositions and the common characters within half the longer length. */
const jaroSimilarity = (left: string, right: string): number => {
  const reach = Math.max(0, (Math.max(left.length, right.length) >> 1) - 1);
  const taken = new Uint8Array(right.length);
  const common: number[] = [];
  for (let at = 0; at < left.length; at += 1) {
    const code = left.charCodeAt(at);
    const end = Math.min(right.length, at + reach + 1);
    for (let other = Math.max(0, at - reach); other < end; other += 1) {
      if (taken[other] === 1 || right.charCodeAt(other) !== code) continue;
      taken[other] = 1;
      common.push(code);
      break;
    }
  }
  if (common.length === 0) return 0;
  let [moved, next] = [0, 0];
  for (let other = 0; other < right.length; other += 1) {
    if (taken[other] !== 1) continue;
    if (right.charCodeAt(other) !== common[next]) moved += 1;
    next += 1;
  }
  const count = common.length;
  return (count / left.length + count / right.length + (count - moved / 2) / count) / 3;
};
