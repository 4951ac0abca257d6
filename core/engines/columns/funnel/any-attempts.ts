import { NumberList } from '../number-list.ts';
import { type Attempts, endsAttempts, type FunnelRules } from './funnel-rules.ts';

const bitsIn = (mask: number): number => {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count += 1;
  return count;
};

/**
 * Steps in any order: the window begins with whichever comes first, and each step takes an event of its own. Step `n` is
 * reached by whoever filled `n` of them.
 */
export const anyAttempts = ({ steps, masks, from, until, windowSeconds }: FunnelRules): Attempts => {
  const times = new Uint32Array(steps);
  const [at, of] = [new NumberList(), new NumberList()];
  /** How often each type is a step, and how many of it are in the window. */
  const wanted = masks.map(mask => (mask === endsAttempts ? 0 : bitsIn(mask)));
  const inside = new Uint32Array(masks.length);

  const gather: (...rows: Parameters<Attempts['furthest']>) => void = (seconds, types, start, end) => {
    at.clear();
    of.clear();
    for (let row = start; row < end; row += 1) {
      const type = types[row] ?? 0;
      if (masks[type] === 0) continue;
      const second = seconds[row] ?? 0;
      if (second < from) continue;
      if (second >= until) break;
      at.push(second);
      of.push(type);
    }
  };
  const isEnd = (place: number): boolean => masks[of.at(place)] === endsAttempts;
  /** The first of the attempts that fill most, and how many they fill. */
  const bestOf = (): { first: number; filled: number } => {
    const best = { first: 0, filled: 0 };
    let [last, filled, open] = [0, 0, true];
    for (let first = 0; first < at.length; first += 1) {
      if (isEnd(first)) {
        open = true;
        last = Math.max(last, first + 1);
        continue;
      }
      while (open && last < at.length && at.at(last) - at.at(first) <= windowSeconds) {
        if (isEnd(last)) {
          open = false;
          break;
        }
        const type = of.at(last);
        inside[type] = (inside[type] ?? 0) + 1;
        if ((inside[type] ?? 0) <= (wanted[type] ?? 0)) filled += 1;
        last += 1;
      }
      if (filled > best.filled) Object.assign(best, { first, filled });
      const type = of.at(first);
      if ((inside[type] ?? 0) <= (wanted[type] ?? 0)) filled -= 1;
      inside[type] = (inside[type] ?? 0) - 1;
    }
    return best;
  };
  const furthest: Attempts['furthest'] = (seconds, types, start, end) => {
    gather(seconds, types, start, end);
    if (at.length === 0) return 0;
    const { first, filled } = bestOf();
    inside.fill(0);
    for (let place = first, found = 0; found < filled; place += 1) {
      const type = of.at(place);
      inside[type] = (inside[type] ?? 0) + 1;
      if ((inside[type] ?? 0) > (wanted[type] ?? 0)) continue;
      times[found] = at.at(place);
      found += 1;
    }
    inside.fill(0);
    return filled;
  };
  return { furthest, times };
};
