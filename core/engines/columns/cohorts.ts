import type { CohortCell, CohortSums } from '../../model/cohort-sums.ts';
import { groupOf, leftOut, type PeopleGroups } from '../../model/people-groups.ts';
import { added, zeros } from './added.ts';
import { NumberList } from './number-list.ts';
import type { Pass } from './pass.ts';

/** What members bring: amounts of one currency, those of some types added and those of others taken off. */
interface Revenue {
  currency: string;
  adds: string;
  takes: string;
}

export interface CohortsAsked {
  /** Seconds since 1970 at which each period begins, and at the end the one at which the last is over. */
  bounds: readonly number[];
  /** `first`: in the period of their first such event ever; `each`: in every period in which they have one. */
  joins: 'first' | 'each';
  /** The event that makes somebody a member; any where none is named. */
  joinType?: string | undefined;
  /** The event by which members are there again. */
  returnType?: string | undefined;
  /** Who comes in a later period counts for every one before, too. */
  onOrAfter: boolean;
  /** Everybody is there in the period of joining. */
  wholeStart: boolean;
  revenue?: Revenue | undefined;
  people?: PeopleGroups | undefined;
  /** In place of figures: who is behind one of them. */
  collect?: CohortCell | undefined;
}

interface Plan extends Pick<CohortsAsked, 'joins' | 'onOrAfter' | 'wholeStart' | 'people' | 'collect'> {
  bounds: Float64Array;
  join: number;
  back: number;
  revenue?: { currency: number; adds: number; takes: number } | undefined;
}

const anyType = -1;
const noType = -2;
const codeOf = (type: string | undefined, types: readonly string[]): number => {
  if (type === undefined) return anyType;
  const code = types.indexOf(type);
  return code < 0 ? noType : code;
};

/** The periods in which one person joined, was there, and what each brought. */
interface Member {
  joined: NumberList;
  there: NumberList;
  brought: Float64Array;
  /** Of `brought`, the periods that are not nothing. */
  paid: NumberList;
}

type Rows = Parameters<Pass<CohortsAsked, Plan, CohortSums>['add']>[1];

const lastOf = (list: NumberList): number => (list.length === 0 ? -1 : list.at(list.length - 1));

/** Reads one person's rows; whoever had the event before the first period joins no cohort. */
const readMember = (member: Member, rows: Rows, [start, end]: readonly [number, number], plan: Plan): void => {
  const { joined, there, brought, paid } = member;
  const { bounds, join, back, revenue } = plan;
  const { seconds, types } = rows;
  const isFirst = plan.joins === 'first';
  const [from, until] = [bounds[0] ?? 0, bounds[bounds.length - 1] ?? 0];
  joined.clear();
  there.clear();
  for (let place = 0; place < paid.length; place += 1) brought[paid.at(place)] = 0;
  paid.clear();
  let [lastJoined, lastThere] = [-1, -1];
  for (let row = start, period = 0; row < end; row += 1) {
    const second = seconds[row] ?? 0;
    if (second >= until) return;
    const type = types[row] ?? 0;
    const isJoin = join === anyType || join === type;
    if (second < from) {
      if (isJoin && isFirst) return;
      continue;
    }
    while (second >= (bounds[period + 1] ?? 0)) period += 1;
    if (isJoin && (isFirst ? lastJoined < 0 : lastJoined !== period)) {
      joined.push(period);
      lastJoined = period;
    }
    if (isFirst && lastJoined < 0) continue;
    if (lastThere !== period && (back === anyType || back === type)) {
      there.push(period);
      lastThere = period;
    }
    if (!revenue || rows.currencies[row] !== revenue.currency) continue;
    if (type !== revenue.adds && type !== revenue.takes) continue;
    if (lastOf(paid) !== period) paid.push(period);
    const amount = rows.amounts[row] ?? 0;
    brought[period] = (brought[period] ?? 0) + (type === revenue.adds ? amount : -amount);
  }
};

/** In how many periods since joining somebody is there, one by one. */
const eachThere = (
  cohort: number,
  { there }: Member,
  { onOrAfter, wholeStart }: Plan,
  tell: (since: number) => void,
): void => {
  if (wholeStart) tell(0);
  const first = wholeStart ? 1 : 0;
  if (onOrAfter) {
    for (let since = first; since <= lastOf(there) - cohort; since += 1) tell(since);
    return;
  }
  for (let place = 0; place < there.length; place += 1) {
    const since = there.at(place) - cohort;
    if (since >= first) tell(since);
  }
};

/** The same as `eachThere`, counted in place. */
const countThere = (active: Float64Array, first: number, cohort: number, member: Member, plan: Plan): void => {
  if (plan.onOrAfter) {
    eachThere(cohort, member, plan, since => {
      active[first + since] = (active[first + since] ?? 0) + 1;
    });
    return;
  }
  if (plan.wholeStart) active[first] = (active[first] ?? 0) + 1;
  const earliest = cohort + (plan.wholeStart ? 1 : 0);
  const { there } = member;
  for (let place = 0; place < there.length; place += 1) {
    const period = there.at(place);
    if (period >= earliest) active[first + period - cohort] = (active[first + period - cohort] ?? 0) + 1;
  }
};

/** Who joined when, and in which periods since then they were there again. */
export const cohorts: Pass<CohortsAsked, Plan, CohortSums> = {
  columns: ({ people, collect, revenue }) => [
    ...(people || collect ? (['people'] as const) : []),
    ...(['starts', 'seconds', 'types'] as const),
    ...(revenue ? (['currencies', 'amounts'] as const) : []),
  ],
  plan: ({ bounds, joinType, returnType, revenue, ...asked }, { types, currencies }) => ({
    ...asked,
    bounds: Float64Array.from(bounds),
    join: codeOf(joinType, types),
    back: codeOf(returnType, types),
    ...(revenue
      ? {
          revenue: {
            currency: currencies.indexOf(revenue.currency),
            adds: codeOf(revenue.adds, types),
            takes: codeOf(revenue.takes, types),
          },
        }
      : {}),
  }),
  begin: ({ bounds }) => {
    const periods = bounds.length - 1;
    return { sizes: zeros(periods), active: zeros(periods ** 2), revenue: zeros(periods ** 2), collected: [] };
  },
  add: (sums, rows, plan) => {
    const { people: groups, collect } = plan;
    const periods = plan.bounds.length - 1;
    const [sizes, active, revenue] = [sums.sizes, sums.active, sums.revenue].map(one => Float64Array.from(one)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const member: Member = {
      joined: new NumberList(),
      there: new NumberList(),
      brought: new Float64Array(periods),
      paid: new NumberList(),
    };
    const found = new NumberList();
    for (let who = 0; who + 1 < rows.starts.length; who += 1) {
      const person = rows.people[who] ?? 0;
      if (groups && groupOf(groups, person) === leftOut) continue;
      readMember(member, rows, [rows.starts[who] ?? 0, rows.starts[who + 1] ?? 0], plan);
      for (let place = 0; place < member.joined.length; place += 1) {
        const cohort = member.joined.at(place);
        if (collect) {
          if (collect.cohort !== cohort) continue;
          if (collect.period === undefined) found.push(person);
          else eachThere(cohort, member, plan, since => since === collect.period && found.push(person));
          continue;
        }
        const first = cohort * periods;
        sizes[cohort] = (sizes[cohort] ?? 0) + 1;
        countThere(active, first, cohort, member, plan);
        for (let one = 0; one < member.paid.length; one += 1) {
          const cell = first + member.paid.at(one) - cohort;
          if (cell >= first) revenue[cell] = (revenue[cell] ?? 0) + (member.brought[member.paid.at(one)] ?? 0);
        }
      }
    }
    return {
      sizes: [...sizes],
      active: [...active],
      revenue: [...revenue],
      collected: collect ? [...sums.collected, found.taken()] : sums.collected,
    };
  },
  merge: (left, right) => ({
    sizes: added(left.sizes, right.sizes),
    active: added(left.active, right.active),
    revenue: added(left.revenue, right.revenue),
    collected: [...left.collected, ...right.collected],
  }),
};
