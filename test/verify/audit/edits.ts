import type { AuditPlace } from '../../../core/model/audit-chain.ts';
import type { Item } from '../../../core/ports/table.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';

/** A log after somebody has edited it, and where the first thing is that does not hold. */
export interface Edit {
  name: string;
  items: Item[];
  place: { lane: string; index: number };
}

export const laneOf = ({ day, lane }: Pick<AuditPlace, 'day' | 'lane'>): string => `AUDIT#${day}#${lane}`;

type MakeEdit = (items: readonly Item[], random: SeededRandom) => Edit;

const placeOf = ({ pk, sk }: Item) => ({ lane: pk, index: Number(sk) });

const replaced = (items: readonly Item[], old: Item, item: Item): Item[] =>
  items.map(one => (one === old ? item : one));

const flipped = (text: string, random: SeededRandom): string => {
  const at = random.below(text.length);
  return `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
};

const changing =
  (name: string, attribute: 'e' | 'm' | 'o' | 'om'): MakeEdit =>
  (items, random) => {
    const item = random.pick(items.filter(one => one[attribute] !== undefined));
    const changed = { ...item, [attribute]: flipped(String(item[attribute]), random) };
    return { name, items: replaced(items, item, changed), place: placeOf(item) };
  };

/** A text that says something else and can be read: without a key nobody would know. */
const textChanged: MakeEdit = (items, random) => {
  const item = random.pick(items);
  const changed = { ...item, e: String(item.e).replace(/"actor":"[^"]*"/, '"actor":"key-somebodyelse"') };
  return { name: 'text changed', items: replaced(items, item, changed), place: placeOf(item) };
};

const missing: MakeEdit = (items, random) => {
  const inside = items.filter(({ pk, sk }) => items.some(one => one.pk === pk && one.sk > sk));
  const item = random.pick(inside);
  return { name: 'missing', items: items.filter(one => one !== item), place: placeOf(item) };
};

const cut: MakeEdit = (items, random) => {
  const item = random.pick(items);
  const left = items.filter(({ pk, sk }) => pk !== item.pk || sk < item.sk);
  return { name: 'cut', items: left, place: placeOf(item) };
};

const swapped: MakeEdit = (items, random) => {
  const first = random.pick(items.filter(({ pk, sk }) => items.some(one => one.pk === pk && one.sk > sk)));
  const second = items.find(({ pk, sk }) => pk === first.pk && sk > first.sk) as Item;
  const at = (item: Item, { pk, sk }: Item): Item => ({ ...item, pk, sk });
  const both = items.map(one => (one === first ? at(second, first) : one === second ? at(first, second) : one));
  return { name: 'swapped', items: both, place: placeOf(first) };
};

/** An entry of another lane in place of this one. */
const moved: MakeEdit = (items, random) => {
  const item = random.pick(items);
  const other = random.pick(items.filter(({ pk }) => pk !== item.pk));
  return { name: 'moved', items: replaced(items, item, { ...other, pk: item.pk, sk: item.sk }), place: placeOf(item) };
};

const outcomeTaken: MakeEdit = (items, random) => {
  const item = random.pick(items.filter(({ o }) => o !== undefined));
  const { o: _o, om: _om, ...bare } = item;
  return { name: 'outcome taken', items: replaced(items, item, bare), place: placeOf(item) };
};

const expiring: MakeEdit = (items, random) => {
  const item = random.pick(items);
  return { name: 'expiring', items: replaced(items, item, { ...item, ttl: 4_000_000_000 }), place: placeOf(item) };
};

/** Ways in which a log may be edited. */
export const edits: readonly MakeEdit[] = [
  changing('byte of a text', 'e'),
  changing('byte of a seal', 'm'),
  changing('byte of an outcome', 'o'),
  changing('byte of the seal of an outcome', 'om'),
  textChanged,
  missing,
  cut,
  swapped,
  moved,
  outcomeTaken,
  expiring,
];
