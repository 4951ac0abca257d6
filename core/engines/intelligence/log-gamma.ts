/** Bernoulli numbers over their places: the asymptotic series of ln Γ, and of its derivative. */
const shiftedTo = 8;

/** ln Γ(x) for x > 0, to about 13 digits. */
export const logGamma = (x: number): number => {
  let [shift, at] = [0, x];
  while (at < shiftedTo) {
    shift += Math.log(at);
    at += 1;
  }
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
};

/** The derivative of ln Γ at x > 0. */
export const digamma = (x: number): number => {
  let [shift, at] = [0, x];
  while (at < shiftedTo) {
    shift += 1 / at;
    at += 1;
  }
  const inverse = 1 / (at * at);
  const series = inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))));
  return Math.log(at) - 0.5 / at - series - shift;
};
