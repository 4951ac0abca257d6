/** Multiplier and increment of a linear congruential sequence (Numerical Recipes); its upper bits are taken. */
const [multiplier, increment, range] = [1664525, 1013904223, 2 ** 32];

/** Pairs of different records that have nothing to do with each other, the same ones each time. */
export const randomPairs = (recordCount: number, pairCount: number): { left: Uint32Array; right: Uint32Array } => {
  const [left, right] = [new Uint32Array(pairCount), new Uint32Array(pairCount)];
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, multiplier) + increment) >>> 0;
    return Math.floor((state / range) * recordCount);
  };
  for (let pair = 0; pair < pairCount; pair += 1) {
    const [one, other] = [draw(), draw()];
    left[pair] = one;
    right[pair] = one === other ? (other + 1) % recordCount : other;
  }
  return { left, right };
};
