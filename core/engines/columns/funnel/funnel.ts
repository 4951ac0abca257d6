import type { FunnelCell, FunnelOrder, FunnelSums } from '../../../model/funnel-sums.ts';
import { groupOf, leftOut, type PeopleGroups } from '../../../model/people-groups.ts';
import { added, zeros } from '../added.ts';
import { NumberList } from '../number-list.ts';
import type { Pass } from '../pass.ts';
import { anyAttempts } from './any-attempts.ts';
import { type Attempts, endsAttempts, type FunnelRules } from './funnel-rules.ts';
import { sequentialAttempts } from './sequential-attempts.ts';
import { strictAttempts } from './strict-attempts.ts';

export interface FunnelAsked extends Omit<FunnelRules, 'steps' | 'masks'> {
  /** The type of event that each step takes. */
  steps: readonly string[];
  order: FunnelOrder;
  /** Types that end an attempt. */
  exclusions: readonly string[];
  people?: PeopleGroups | undefined;
  /** In place of figures: who is behind one of them. */
  collect?: FunnelCell | undefined;
}

interface Plan extends FunnelRules, Pick<FunnelAsked, 'order' | 'people' | 'collect'> {}

const orders: Record<FunnelOrder, (rules: FunnelRules) => Attempts> = {
  sequential: sequentialAttempts,
  strict: strictAttempts,
  any: anyAttempts,
};

const masksOf = ({ steps, exclusions }: FunnelAsked, types: readonly string[]): Int32Array =>
  Int32Array.from(types, type => {
    const mask = steps.reduce((bits, step, place) => (step === type ? bits | (1 << place) : bits), 0);
    return mask === 0 && exclusions.includes(type) ? endsAttempts : mask;
  });

const isBehind = ({ step, stopped, group }: FunnelCell, depth: number, own: number): boolean =>
  (group < 0 || group === own) && (stopped ? depth === step : depth >= step);

const joined = (left: readonly Uint32Array[][], right: readonly Uint32Array[][]): Uint32Array[][] =>
  left.map((chunks, place) => [...chunks, ...(right[place] ?? [])]);

const taken = (chunks: readonly Uint32Array[][], lists: readonly NumberList[]): Uint32Array[][] =>
  chunks.map((own, place) => {
    const list = lists[place];
    return list && list.length > 0 ? [...own, list.taken()] : own;
  });

/** How far each person gets through steps, and how long it takes them. */
export const funnel: Pass<FunnelAsked, Plan, FunnelSums> = {
  columns: ({ people, collect }) => [...(people || collect ? (['people'] as const) : []), 'starts', 'seconds', 'types'],
  plan: (asked, { types }) => {
    const { steps, from, until, windowSeconds, order, people, collect } = asked;
    return { steps: steps.length, masks: masksOf(asked, types), from, until, windowSeconds, order, people, collect };
  },
  begin: ({ steps, people }) => {
    const cells = (steps + 1) * (people?.count ?? 1);
    const lists = (): Uint32Array[][] => Array.from({ length: cells }, () => []);
    return { depths: zeros(cells), sincePrevious: lists(), sinceStart: lists(), collected: [] };
  },
  add: (sums, { people, starts, seconds, types }, { order, people: groups, collect, ...rules }) => {
    const attempts = orders[order](rules);
    const depths = Float64Array.from(sums.depths);
    const lists = () => Array.from(depths, () => new NumberList());
    const [sincePrevious, sinceStart, found] = [lists(), lists(), new NumberList()];
    for (let who = 0; who + 1 < starts.length; who += 1) {
      const person = people[who] ?? 0;
      const group = groupOf(groups, person);
      if (group === leftOut) continue;
      const depth = attempts.furthest(seconds, types, starts[who] ?? 0, starts[who + 1] ?? 0);
      if (collect) {
        if (isBehind(collect, depth, group)) found.push(person);
        continue;
      }
      const first = group * (rules.steps + 1);
      depths[first + depth] = (depths[first + depth] ?? 0) + 1;
      for (let step = 2; step <= depth; step += 1) {
        const at = attempts.times[step - 1] ?? 0;
        sincePrevious[first + step]?.push(at - (attempts.times[step - 2] ?? 0));
        sinceStart[first + step]?.push(at - (attempts.times[0] ?? 0));
      }
    }
    return {
      depths: [...depths],
      sincePrevious: taken(sums.sincePrevious, sincePrevious),
      sinceStart: taken(sums.sinceStart, sinceStart),
      collected: collect ? [...sums.collected, found.taken()] : sums.collected,
    };
  },
  merge: (left, right) => ({
    depths: added(left.depths, right.depths),
    sincePrevious: joined(left.sincePrevious, right.sincePrevious),
    sinceStart: joined(left.sinceStart, right.sinceStart),
    collected: [...left.collected, ...right.collected],
  }),
};
