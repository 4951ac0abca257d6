import { splitWhole } from '../../../model/largest-remainder.ts';
import type { TouchList } from './touch-list.ts';

/** The touches that a conversion is attributed to: those from `from` up to, but not including, `to`; at least one. */
export interface ConversionPath {
  touches: TouchList;
  from: number;
  to: number;
  /** When it happened, seconds. */
  second: number;
}

export interface ShareRules {
  direct: number;
  halfLifeSeconds: number;
}

type Weights = (path: ConversionPath, rules: ShareRules) => number[];

const only = ({ from, to }: ConversionPath, place: number): number[] =>
  Array.from({ length: to - from }, (_, one) => (from + one === place ? 1 : 0));

/** The last touch that is not direct; where all are, the last. */
export const lastNonDirect = ({ touches, from, to }: ConversionPath, direct: number): number => {
  for (let place = to - 1; place >= from; place -= 1) if (touches.channel.at(place) !== direct) return place;
  return to - 1;
};

/** The first 40 %, the last 40 %, those between 20 % together; of two each half. */
const byPosition = (count: number): number[] =>
  count <= 2
    ? new Array<number>(count).fill(1)
    : Array.from({ length: count }, (_, place) => (place === 0 || place === count - 1 ? 2 * (count - 2) : 1));

/** What each touch of a path weighs, in the order of the models that divide each conversion by itself. */
const weighers: readonly Weights[] = [
  path => only(path, path.from),
  path => only(path, path.to - 1),
  (path, { direct }) => only(path, lastNonDirect(path, direct)),
  ({ from, to }) => new Array<number>(to - from).fill(1),
  ({ from, to }) => byPosition(to - from),
  ({ touches, from, to, second }, { halfLifeSeconds }) =>
    Array.from({ length: to - from }, (_, place) => 2 ** ((touches.at.at(from + place) - second) / halfLifeSeconds)),
];

/** Every channel as much as every other, where it is first: what Shapley's value comes to for one path. */
const byChannel = ({ touches, from, to }: ConversionPath): number[] => {
  const seen = new Set<number>();
  return Array.from({ length: to - from }, (_, place) => {
    const channel = touches.channel.at(from + place);
    if (seen.has(channel)) return 0;
    seen.add(channel);
    return 1;
  });
};

const all: readonly Weights[] = [...weighers, byChannel];

/** Divides a whole number among the touches of a path, model by model. */
export const shareCredit = (
  path: ConversionPath,
  total: number,
  rules: ShareRules,
  tell: (model: number, channel: number, share: number) => void,
): void => {
  for (const [model, weigh] of all.entries()) {
    const shares = splitWhole(total, weigh(path, rules));
    for (const [place, share] of shares.entries())
      if (share !== 0) tell(model, path.touches.channel.at(path.from + place), share);
  }
};
