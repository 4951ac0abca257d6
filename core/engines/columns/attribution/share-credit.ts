import { ruleModels } from '../../../model/attribution-model.ts';
import { NumberList } from '../number-list.ts';
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
  /** How many channels there are. */
  channels: number;
}

/** The last touch that is not direct; where all are, the last. */
export const lastNonDirect = ({ touches, from, to }: ConversionPath, direct: number): number => {
  for (let place = to - 1; place >= from; place -= 1) if (touches.channel.at(place) !== direct) return place;
  return to - 1;
};

type RuleModel = (typeof ruleModels)[number];
const places = Object.fromEntries(ruleModels.map((model, place) => [model, place])) as Record<RuleModel, number>;
const { linear, position_based: position, time_decay: decay, shapley } = places;

/**
 * Divides conversions among the touches before them, by every rule at once. Each share is rounded down, and what is left
 * goes, one by one, to those that lost most; of equals to the first: as `splitWhole` does, in memory that is used again.
 */
export class CreditSharer {
  readonly #rules: ShareRules;
  #weights = new Float64Array(64);
  #rests = new Float64Array(64);
  #shares = new Float64Array(64);
  readonly #seen = new NumberList();

  constructor(rules: ShareRules) {
    this.#rules = rules;
  }

  /** Adds a total to what channels have, at the place `model * channels + channel`. Weights are those of the path given last. */
  share(path: ConversionPath, total: number, into: Float64Array): void {
    const { touches, from, to } = path;
    const whole = (model: number, place: number) => this.#add(into, model, touches.channel.at(place), total);
    whole(0, from);
    whole(1, to - 1);
    whole(2, lastNonDirect(path, this.#rules.direct));
    this.#evenly(path, total, into);
    this.#byPosition(path, total, into);
    this.#byTime(path, total, into);
    this.#byChannel(path, total, into);
  }

  #add(into: Float64Array, model: number, channel: number, share: number): void {
    const cell = model * this.#rules.channels + channel;
    into[cell] = (into[cell] ?? 0) + share;
  }

  /** Equal shares: what is left goes to the first ones. */
  #evenly({ touches, from, to }: ConversionPath, total: number, into: Float64Array): void {
    const model = linear;
    const left = total % (to - from);
    const each = (total - left) / (to - from);
    for (let place = from; place < to; place += 1)
      this.#add(into, model, touches.channel.at(place), place - from < left ? each + 1 : each);
  }

  /** The first 40 %, the last 40 %, those between 20 % together; of two each half. */
  #byPosition({ touches, from, to }: ConversionPath, total: number, into: Float64Array): void {
    const model = position;
    const between = to - from - 2;
    if (between <= 0) {
      const left = total % 2;
      this.#add(into, model, touches.channel.at(from), (total - left) / 2 + left);
      this.#add(into, model, touches.channel.at(to - 1), (total - left) / 2);
      return;
    }
    /** In fifths of what one between the ends has. */
    const sum = 5 * between;
    const [restOfEnds, restOfOthers] = [(total * 2 * between) % sum, total % sum];
    const [ends, others] = [(total * 2 * between - restOfEnds) / sum, (total - restOfOthers) / sum];
    const left = total - 2 * ends - between * others;
    const isInOrder = restOfEnds === restOfOthers;
    const endsFirst = restOfEnds > restOfOthers;
    for (let place = 0; place < between + 2; place += 1) {
      const isEnd = place === 0 || place === between + 1;
      const amongEnds = place === 0 ? 0 : 1;
      const rank = isInOrder ? place : isEnd ? amongEnds + (endsFirst ? 0 : between) : place - 1 + (endsFirst ? 2 : 0);
      const share = (isEnd ? ends : others) + (rank < left ? 1 : 0);
      this.#add(into, model, touches.channel.at(from + place), share);
    }
  }

  /** Half as much for each half-life before the conversion. */
  #byTime(path: ConversionPath, total: number, into: Float64Array): void {
    const { touches, from, to, second } = path;
    this.#makeRoom(to - from);
    for (let place = from; place < to; place += 1)
      this.#weights[place - from] = 2 ** ((touches.at.at(place) - second) / this.#rules.halfLifeSeconds);
    this.#byWeight(path, total, decay, into);
  }

  /** Every channel as much as every other, where it is first: what Shapley's value comes to for one path. */
  #byChannel({ touches, from, to }: ConversionPath, total: number, into: Float64Array): void {
    const seen = this.#seen;
    seen.clear();
    for (let place = from; place < to; place += 1) {
      const channel = touches.channel.at(place);
      let known = 0;
      while (known < seen.length && seen.at(known) !== channel) known += 1;
      if (known === seen.length) seen.push(channel);
    }
    const left = total % seen.length;
    const each = (total - left) / seen.length;
    for (let known = 0; known < seen.length; known += 1)
      this.#add(into, shapley, seen.at(known), known < left ? each + 1 : each);
  }

  #byWeight({ touches, from, to }: ConversionPath, total: number, model: number, into: Float64Array): void {
    const [count, weights, rests, shares] = [to - from, this.#weights, this.#rests, this.#shares];
    let [sum, left] = [0, total];
    for (let place = 0; place < count; place += 1) sum += weights[place] ?? 0;
    for (let place = 0; place < count; place += 1) {
      const due = total * (weights[place] ?? 0);
      const share = Math.floor(due / sum);
      rests[place] = due - share * sum;
      shares[place] = share;
      left -= share;
    }
    for (; left > 0; left -= 1) {
      let most = 0;
      for (let place = 1; place < count; place += 1) if ((rests[place] ?? 0) > (rests[most] ?? 0)) most = place;
      shares[most] = (shares[most] ?? 0) + 1;
      rests[most] = -1;
    }
    for (let place = 0; place < count; place += 1)
      this.#add(into, model, touches.channel.at(from + place), shares[place] ?? 0);
  }

  #makeRoom(count: number): void {
    if (count <= this.#weights.length) return;
    const room = 2 * count;
    this.#weights = new Float64Array(room);
    this.#rests = new Float64Array(room);
    this.#shares = new Float64Array(room);
  }
}
