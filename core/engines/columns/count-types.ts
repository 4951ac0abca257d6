import { added, zeros } from './added.ts';
import type { Pass } from './pass.ts';

/** A span of time in seconds since 1970, its end excluded. */
export interface CountTypesAsked {
  from: number;
  until: number;
}

interface Plan extends CountTypesAsked {
  types: number;
}

/** By type, at its place in the codes. */
export interface TypeCounts {
  events: number[];
  /** How many people had one of it. */
  people: number[];
}

/** How many events of each type there were in a span of time, and of how many people. */
export const countTypes: Pass<CountTypesAsked, Plan, TypeCounts> = {
  columns: () => ['starts', 'seconds', 'types'],
  plan: (asked, { types }) => ({ ...asked, types: types.length }),
  begin: ({ types }) => ({ events: zeros(types), people: zeros(types) }),
  add: ({ events, people }, { starts, seconds, types }, { from, until, types: count }) => {
    const [counted, had] = [Float64Array.from(events), Float64Array.from(people)];
    const lastWho = new Int32Array(count).fill(-1);
    for (let who = 0; who + 1 < starts.length; who += 1) {
      const end = starts[who + 1] ?? 0;
      for (let row = starts[who] ?? 0; row < end; row += 1) {
        const second = seconds[row] ?? 0;
        if (second < from || second >= until) continue;
        const type = types[row] ?? 0;
        counted[type] = (counted[type] ?? 0) + 1;
        if (lastWho[type] === who) continue;
        lastWho[type] = who;
        had[type] = (had[type] ?? 0) + 1;
      }
    }
    return { events: [...counted], people: [...had] };
  },
  merge: (left, right) => ({ events: added(left.events, right.events), people: added(left.people, right.people) }),
};
