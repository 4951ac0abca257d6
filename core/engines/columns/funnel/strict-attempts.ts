import type { Attempts, FunnelRules } from './funnel-rules.ts';

const none = -1;

/** Steps in their order, and no event of any kind in between. */
export const strictAttempts = ({ steps, masks, from, until, windowSeconds }: FunnelRules): Attempts => {
  const times = new Uint32Array(steps);
  /** By step: when the attempt began whose last event filled it. */
  const begun = new Float64Array(steps + 1);
  const furthest: Attempts['furthest'] = (seconds, types, start, end) => {
    let best = 0;
    begun.fill(none);
    for (let row = start; row < end; row += 1) {
      const second = seconds[row] ?? 0;
      if (second < from) continue;
      if (second >= until) break;
      const mask = masks[types[row] ?? 0] ?? 0;
      for (let step = steps; step >= 1; step -= 1) {
        const since = step === 1 ? second : (begun[step - 1] ?? none);
        const fills = (mask & (1 << (step - 1))) !== 0 && since !== none && second - since <= windowSeconds;
        begun[step] = fills ? since : none;
        if (!fills || step <= best) continue;
        best = step;
        for (let place = 0; place < step; place += 1) times[place] = seconds[row - step + 1 + place] ?? 0;
      }
      if (best === steps) break;
    }
    return best;
  };
  return { furthest, times };
};
