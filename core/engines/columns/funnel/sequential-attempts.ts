import { NumberList } from '../number-list.ts';
import { type Attempts, endsAttempts, type FunnelRules } from './funnel-rules.ts';

/** That the attempts below a place filled a step, and when. */
interface Moves {
  upTo: NumberList;
  at: NumberList;
}

/**
 * Steps in their order, whatever happens in between. Every event that may be the first step begins an attempt; all
 * attempts are followed at once: whoever began earlier is never behind, so that those which wait for a step stand side
 * by side, and an event moves them by moving one border.
 */
export const sequentialAttempts = ({ steps, masks, from, until, windowSeconds }: FunnelRules): Attempts => {
  const times = new Uint32Array(steps);
  const begun = new NumberList();
  /** By step: the attempts below this place have filled it, or are over. */
  const passed = new Uint32Array(steps + 1);
  const moves: Moves[] = Array.from({ length: steps + 1 }, () => ({ upTo: new NumberList(), at: new NumberList() }));
  let best = 0;

  const timeOf = (step: number, attempt: number): number => {
    const { upTo, at } = moves[step] as Moves;
    let place = 0;
    while (upTo.at(place) <= attempt) place += 1;
    return at.at(place);
  };
  const remember = (step: number, attempt: number, second: number): void => {
    best = step;
    times[0] = begun.at(attempt);
    for (let earlier = 2; earlier < step; earlier += 1) times[earlier - 1] = timeOf(earlier, attempt);
    times[step - 1] = second;
  };
  const fill = (step: number, second: number): void => {
    const upper = step === 2 ? begun.length : (passed[step - 1] ?? 0);
    let first = passed[step] ?? 0;
    if (first >= upper) return;
    while (first < upper && begun.at(first) + windowSeconds < second) first += 1;
    passed[step] = upper;
    if (first === upper) return;
    const { upTo, at } = moves[step] as Moves;
    upTo.push(upper);
    at.push(second);
    if (step > best) remember(step, first, second);
  };
  const clear = (): void => {
    best = 0;
    begun.clear();
    passed.fill(0);
    for (const { upTo, at } of moves) {
      upTo.clear();
      at.clear();
    }
  };

  const furthest: Attempts['furthest'] = (seconds, types, start, end) => {
    if (best > 0) clear();
    for (let row = start; row < end; row += 1) {
      const mask = masks[types[row] ?? 0] ?? 0;
      if (mask === 0) continue;
      const second = seconds[row] ?? 0;
      if (second < from) continue;
      if (second >= until) break;
      if (mask === endsAttempts) {
        passed.fill(begun.length);
        continue;
      }
      if (best > 0 && mask !== 1) {
        for (let step = steps; step >= 2; step -= 1) if ((mask & (1 << (step - 1))) !== 0) fill(step, second);
        if (best === steps) break;
      }
      if ((mask & 1) === 0) continue;
      begun.push(second);
      if (best > 0) continue;
      best = 1;
      times[0] = second;
    }
    return best;
  };
  return { furthest, times };
};
