/**
 * How much of all conversions each channel is needed for, by a chain of the first order: the share of conversions that is
 * lost when whoever comes to the channel ends there (Anderl et al., *Mapping the customer journey*, 2016).
 *
 * `steps`: how often paths go from one to the other, at the place `from * (channels + 2) + to`; 0 is the beginning, then
 * the channels, at the end whoever converts and whoever does not.
 */
export const markovRemoval = (steps: readonly number[], channels: number): number[] => {
  const width = channels + 2;
  const states = Array.from({ length: channels }, (_, state) => state);
  const chance = states.map(from => {
    const row = steps.slice(from * width, from * width + width);
    const all = row.reduce((sum, count) => sum + count, 0);
    return row.map(count => (all === 0 ? 0 : count / all));
  });
  const visits = inverted(states.map(from => states.map(to => (from === to ? 1 : 0) - (chance[from]?.[to] ?? 0))));
  const converts = visits.map(row =>
    row.reduce((sum, times, state) => sum + times * (chance[state]?.[channels] ?? 0), 0),
  );
  const all = converts[0] ?? 0;
  return states.map(state => {
    const own = visits[state]?.[state] ?? 0;
    if (state === 0 || all === 0 || own === 0) return 0;
    /** Whoever ever comes to the channel, and converts from there. */
    const through = ((visits[0]?.[state] ?? 0) / own) * (converts[state] ?? 0);
    return Math.max(0, through / all);
  });
};

/** By Gauss and Jordan, with the largest pivot; every channel leads out at last, so that there is an inverse. */
const inverted = (matrix: readonly (readonly number[])[]): number[][] => {
  const size = matrix.length;
  const rows = matrix.map((row, place) => [
    ...row,
    ...Array.from({ length: size }, (_, one) => (one === place ? 1 : 0)),
  ]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    const [chosen = [], other = []] = [rows[pivot], rows[column]];
    rows[pivot] = other;
    rows[column] = chosen;
    const by = chosen[column] ?? 0;
    if (by === 0) continue;
    for (let place = 0; place < 2 * size; place += 1) chosen[place] = (chosen[place] ?? 0) / by;
    for (const [row, own] of rows.entries()) {
      const factor = own[column] ?? 0;
      if (row === column || factor === 0) continue;
      for (let place = 0; place < 2 * size; place += 1) own[place] = (own[place] ?? 0) - factor * (chosen[place] ?? 0);
    }
  }
  return rows.map(row => row.slice(size));
};
