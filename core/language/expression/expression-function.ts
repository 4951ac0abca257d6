import type { FieldKind } from '../../model/profile-fields.ts';
import { instantOf } from '../instant-of.ts';
import type { ExpressionValue } from './expression.ts';

/** A part that is worked out when it is asked for. */
export type Part = () => ExpressionValue;

/** What a function of the expression language takes and gives. */
export interface ExpressionFunction {
  /** The kinds of its parts, in their order. */
  takes: readonly FieldKind[];
  /** So many of the last ones may be left out. */
  optional?: number;
  /** Any number may follow, of the kind of the last. */
  repeats?: true;
  gives: FieldKind | ((kinds: readonly FieldKind[]) => FieldKind);
  /** What it says depends on when it is asked. */
  isTimed?: true;
  /** `now`: epoch ms, where time may be asked for. */
  run: (parts: readonly Part[], now: number | undefined) => ExpressionValue;
}

/** What is not of a kind that a function takes is as good as missing: nothing is ever taken for something else. */
const fits: Record<FieldKind, (value: ExpressionValue) => boolean> = {
  number: value => typeof value === 'number',
  text: value => typeof value === 'string',
  date: value => instantOf(value) !== undefined,
  boolean: value => typeof value === 'boolean',
  list: value => Array.isArray(value),
  any: () => true,
};

type Given<Kind extends FieldKind> = {
  number: number;
  text: string;
  date: string;
  boolean: boolean;
  list: readonly (number | string | boolean)[];
  any: Exclude<ExpressionValue, null>;
}[Kind];
type GivenAll<Kinds extends readonly FieldKind[]> = { [Place in keyof Kinds]: Given<Kinds[Place]> };

const [textMax, listMax] = [8192, 1000];

/** Numbers that are none, and texts that nothing could keep, are nothing. */
const kept = (value: ExpressionValue): ExpressionValue => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string') return value.length <= textMax ? value : null;
  return Array.isArray(value) && value.length > listMax ? null : value;
};

/** A function that gives nothing where one of its parts is missing, or of another kind than it takes. */
export const strict = <const Kinds extends readonly FieldKind[]>(
  takes: Kinds,
  gives: ExpressionFunction['gives'],
  run: (...values: GivenAll<Kinds>) => ExpressionValue,
  more: Pick<ExpressionFunction, 'optional' | 'repeats'> = {},
): ExpressionFunction => ({
  ...{ takes, gives },
  ...more,
  run: parts => {
    const values = parts.map(part => part());
    const isWhole = values.every((value, place) => value !== null && fits[kindAt(takes, place)](value));
    return isWhole ? kept(run(...(values as unknown as GivenAll<Kinds>))) : null;
  },
});

/** The kind of the part at a place; of those that follow it is that of the last. */
export const kindAt = (takes: readonly FieldKind[], place: number): FieldKind => takes[place] ?? takes.at(-1) ?? 'any';
