import type { JourneyCell, JourneySums } from '../../model/journey-sums.ts';
import { groupOf, leftOut, type PeopleGroups } from '../../model/people-groups.ts';
import { NumberList } from './number-list.ts';
import type { Pass } from './pass.ts';

export interface JourneysAsked {
  /** Seconds since 1970, `until` excluded. */
  from: number;
  until: number;
  /** Paths begin with its first occurrence. */
  startEvent?: string | undefined;
  /** Paths end with it, and there are none without. */
  endEvent?: string | undefined;
  /** How many events a path has at most. */
  depth: number;
  people?: PeopleGroups | undefined;
  collect?: JourneyCell | undefined;
}

interface Plan extends Pick<JourneysAsked, 'from' | 'until' | 'depth' | 'people'> {
  start: number;
  end: number;
  types: number;
  collect?: { step: number; type: number; to: number; ends: boolean } | undefined;
}

const anyType = -1;
const noType = -2;

type Rows = Parameters<Pass<JourneysAsked, Plan, JourneySums>['add']>[1];
type Span = readonly [start: number, end: number];

/** The events from the first one on, until the path is full or ends. Repeats of one event are one. Tells its length. */
const readOn = (path: Uint32Array, { seconds, types }: Rows, [start, end]: Span, plan: Plan): number => {
  let length = 0;
  let isOver = false;
  for (let row = start; row < end && !isOver; row += 1) {
    const second = seconds[row] ?? 0;
    if (second < plan.from) continue;
    if (second >= plan.until) break;
    const type = types[row] ?? 0;
    if (length === 0 && plan.start !== anyType && type !== plan.start) continue;
    if (length > 0 && path[length - 1] === type) continue;
    if (length === plan.depth) break;
    path[length] = type;
    length += 1;
    isOver = type === plan.end && length > 1;
    if (plan.end === anyType && length === plan.depth) break;
  }
  return plan.end === anyType || isOver ? length : 0;
};

/** The events up to the first end, as many as a path has room for. */
const readBack = (path: Uint32Array, { seconds, types }: Rows, [start, end]: Span, plan: Plan): number => {
  let row = start;
  while (row < end && ((seconds[row] ?? 0) < plan.from || types[row] !== plan.end)) row += 1;
  if (row === end || (seconds[row] ?? 0) >= plan.until) return 0;
  let length = 0;
  for (; row >= start && length < plan.depth; row -= 1) {
    if ((seconds[row] ?? 0) < plan.from) break;
    const type = types[row] ?? 0;
    if (length > 0 && path[length - 1] === type) continue;
    path[length] = type;
    length += 1;
  }
  path.subarray(0, length).reverse();
  return length;
};

const isBehind = (path: Uint32Array, length: number, { step, type, to, ends }: NonNullable<Plan['collect']>): boolean =>
  step >= 0 &&
  step < length &&
  path[step] === type &&
  (to === anyType || (step + 1 < length && path[step + 1] === to)) &&
  (!ends || step === length - 1);

/** The way of each person through types of events, and how many go the same: one path of each person. */
export const journeys: Pass<JourneysAsked, Plan, JourneySums> = {
  columns: ({ people, collect }) => [...(people || collect ? (['people'] as const) : []), 'starts', 'seconds', 'types'],
  plan: ({ startEvent, endEvent, collect, ...asked }, { types }) => {
    const codeOf = (type: string): number => (types.includes(type) ? types.indexOf(type) : noType);
    return {
      ...asked,
      start: startEvent === undefined ? anyType : codeOf(startEvent),
      end: endEvent === undefined ? anyType : codeOf(endEvent),
      types: types.length,
      ...(collect
        ? {
            collect: {
              step: collect.step,
              type: codeOf(collect.event),
              to: 'to' in collect ? codeOf(collect.to) : anyType,
              ends: 'ends' in collect,
            },
          }
        : {}),
    };
  },
  begin: ({ types, depth }) => {
    const nodes = depth * types;
    const cells = (count: number) => new Uint32Array(count);
    return { types, people: 0, nodes: cells(nodes), ends: cells(nodes), links: cells(nodes * types), collected: [] };
  },
  add: (sums, rows, plan) => {
    const { types, depth, people: groups, collect } = plan;
    const { nodes, ends, links } = sums;
    const isBack = plan.start === anyType && plan.end !== anyType;
    const read = isBack ? readBack : readOn;
    const path = new Uint32Array(depth);
    const found = new NumberList();
    let { people } = sums;
    for (let who = 0; who + 1 < rows.starts.length; who += 1) {
      const person = rows.people[who] ?? 0;
      if (groups && groupOf(groups, person) === leftOut) continue;
      const length = read(path, rows, [rows.starts[who] ?? 0, rows.starts[who + 1] ?? 0], plan);
      if (length === 0) continue;
      people += 1;
      /** Paths towards an end stand side by side at their ends. */
      const shift = isBack ? depth - length : 0;
      if (collect && isBehind(path, length, { ...collect, step: collect.step - shift })) found.push(person);
      for (let step = 0; step < length; step += 1) {
        const node = (shift + step) * types + (path[step] ?? 0);
        nodes[node] = (nodes[node] ?? 0) + 1;
        if (step + 1 === length) ends[node] = (ends[node] ?? 0) + 1;
        else {
          const link = node * types + (path[step + 1] ?? 0);
          links[link] = (links[link] ?? 0) + 1;
        }
      }
    }
    const collected = collect ? [...sums.collected, found.taken()] : sums.collected;
    return { types, people, nodes, ends, links, collected };
  },
  merge: (left, right) => ({
    types: left.types,
    people: left.people + right.people,
    nodes: left.nodes.map((count, place) => count + (right.nodes[place] ?? 0)),
    ends: left.ends.map((count, place) => count + (right.ends[place] ?? 0)),
    links: left.links.map((count, place) => count + (right.links[place] ?? 0)),
    collected: [...left.collected, ...right.collected],
  }),
};
