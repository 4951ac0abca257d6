import type { PackedCodes, PackedColumns } from '../../../core/model/packed-columns.ts';
import { emptyColumns } from '../../../core/model/packed-columns.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';

/** One event of a set, in numbers; those of a person stand in their order. */
export interface SetEvent {
  person: number;
  second: number;
  type: number;
  channel: number;
  currency: number;
  amount: number;
}

export const codes: PackedCodes = {
  types: ['view', 'want', 'purchase', 'refund', 'leave', 'login'],
  channels: ['', 'direct', 'search', 'email', 'social'],
  currencies: ['', 'USD', 'EUR'],
};

/** Times lie close together, so that many are equal, and far apart, so that windows and visits end. */
const spans = [40, 4000, 90_000, 900_000];

/** A few people with a few events each. */
export const someEvents = (random: SeededRandom): SetEvent[] => {
  const span = random.pick(spans);
  const people = 1 + random.below(8);
  return Array.from({ length: people }, (_, person) => {
    const count = random.below(16);
    const seconds = Array.from({ length: count }, () => random.below(span)).sort((one, other) => one - other);
    return seconds.map(second => {
      const type = random.below(codes.types.length);
      const isMoney = codes.types[type] === 'purchase' || codes.types[type] === 'refund';
      return {
        ...{ person, second, type, channel: random.chance(0.5) ? random.below(codes.channels.length) : 0 },
        currency: isMoney ? 1 + random.below(2) : 0,
        amount: isMoney ? random.below(10_000) : 0,
      };
    });
  }).flat();
};

const columnsOf = (people: readonly (readonly SetEvent[])[]): PackedColumns => {
  const rows = people.flat();
  let end = 0;
  const column = (name: keyof SetEvent) => rows.map(row => row[name]);
  return {
    ...emptyColumns(),
    people: Uint32Array.from(people.map(([first]) => first?.person ?? 0)),
    starts: Uint32Array.from([0, ...people.map(own => (end += own.length))]),
    seconds: Uint32Array.from(column('second')),
    types: Uint8Array.from(column('type')),
    channels: Uint8Array.from(column('channel')),
    currencies: Uint8Array.from(column('currency')),
    amounts: Int32Array.from(column('amount')),
  };
};

export const byPerson = (events: readonly SetEvent[]): SetEvent[][] => {
  const people = new Map<number, SetEvent[]>();
  for (const event of events) people.set(event.person, [...(people.get(event.person) ?? []), event]);
  return [...people.values()];
};

/** The set in parts of whole people; `cut`: wrongly, each event in a part of its own. */
export const partsOf = (events: readonly SetEvent[], random: SeededRandom, cut = false): PackedColumns[] => {
  if (cut) return events.map(event => columnsOf([[event]]));
  const parts: SetEvent[][][] = [[]];
  for (const own of byPerson(events)) {
    if (random.chance(0.4)) parts.push([]);
    parts.at(-1)?.push(own);
  }
  return parts.map(columnsOf);
};
