import { groupOf, leftOut, type PeopleGroups } from '../../model/people-groups.ts';
import { added, zeros } from './added.ts';
import { NumberList } from './number-list.ts';
import type { Pass } from './pass.ts';

/** Periods that follow one another. */
export interface CountPeriodsAsked {
  /** Seconds since 1970 at which each begins, and at the end the one at which the last is over. */
  bounds: readonly number[];
  people?: PeopleGroups | undefined;
  /** In place of counts: who had an event of a type (of any, where none is named) in a period. */
  collect?: { period: number; type?: string | undefined } | undefined;
}

interface Plan extends Omit<CountPeriodsAsked, 'collect'> {
  types: number;
  collect?: { period: number; type: number | undefined } | undefined;
}

/** At the place `period * types + type`. `all`: by period, whatever the type. Amounts are in minor units of all currencies. */
export interface PeriodCounts {
  types: number;
  events: number[];
  /** How many people had one. */
  people: number[];
  amounts: number[];
  all: number[];
  collected: Uint32Array[];
}

/** How many events of each type there were in each period, of how many people, and what they were worth. */
export const countPeriods: Pass<CountPeriodsAsked, Plan, PeriodCounts> = {
  columns: () => ['people', 'starts', 'seconds', 'types', 'amounts'],
  plan: ({ collect, ...asked }, { types }) => ({
    ...asked,
    types: types.length,
    ...(collect
      ? { collect: { ...collect, type: collect.type === undefined ? undefined : types.indexOf(collect.type) } }
      : {}),
  }),
  begin: ({ types, bounds }) => {
    const periods = Math.max(0, bounds.length - 1);
    const each = () => zeros(periods * types);
    return { types, events: each(), people: each(), amounts: each(), all: zeros(periods), collected: [] };
  },
  add: (sums, { people, starts, seconds, types, amounts }, { bounds, people: groups, types: count, collect }) => {
    const [events, had, worth, all] = [sums.events, sums.people, sums.amounts, sums.all].map(one =>
      Float64Array.from(one),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const [lastWho, lastOfAll] = [new Int32Array(events.length).fill(-1), new Int32Array(all.length).fill(-1)];
    const edges = Float64Array.from(bounds);
    const periods = all.length;
    const from = edges[0] ?? 0;
    const until = edges[periods] ?? 0;
    const found = new NumberList();
    for (let who = 0; who < people.length; who += 1) {
      const person = people[who] ?? 0;
      if (groups && groupOf(groups, person) === leftOut) continue;
      const end = starts[who + 1] ?? 0;
      let isFound = false;
      for (let row = starts[who] ?? 0, period = 0; row < end; row += 1) {
        const second = seconds[row] ?? 0;
        if (second < from) continue;
        if (second >= until) break;
        while (second >= (edges[period + 1] ?? 0)) period += 1;
        const type = types[row] ?? 0;
        const cell = period * count + type;
        events[cell] = (events[cell] ?? 0) + 1;
        const amount = amounts[row] ?? 0;
        if (amount !== 0) worth[cell] = (worth[cell] ?? 0) + amount;
        if (collect && collect.period === period && (collect.type === undefined || collect.type === type))
          isFound = true;
        if (lastWho[cell] === who) continue;
        lastWho[cell] = who;
        had[cell] = (had[cell] ?? 0) + 1;
        if (lastOfAll[period] === who) continue;
        lastOfAll[period] = who;
        all[period] = (all[period] ?? 0) + 1;
      }
      if (isFound) found.push(person);
    }
    const collected = collect ? [...sums.collected, found.taken()] : sums.collected;
    return { types: count, events: [...events], people: [...had], amounts: [...worth], all: [...all], collected };
  },
  merge: (left, right) => ({
    types: left.types,
    events: added(left.events, right.events),
    people: added(left.people, right.people),
    amounts: added(left.amounts, right.amounts),
    all: added(left.all, right.all),
    collected: [...left.collected, ...right.collected],
  }),
};
