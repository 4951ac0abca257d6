import { partsOfCredit, ruleModels, touchKinds } from '../../../model/attribution-model.ts';
import type { AttributionCell, AttributionSums } from '../../../model/attribution-sums.ts';
import { groupOf, leftOut, type PeopleGroups } from '../../../model/people-groups.ts';
import { added, zeros } from '../added.ts';
import { NumberList } from '../number-list.ts';
import type { Pass } from '../pass.ts';
import { CreditSharer, lastNonDirect, type ShareRules } from './share-credit.ts';
import { TouchList } from './touch-list.ts';

export interface AttributionAsked {
  /** Conversions count from here, up to, but not including, `until`; touches also before. Seconds since 1970. */
  from: number;
  until: number;
  lookbackSeconds: number;
  halfLifeSeconds: number;
  conversionType: string;
  /** Amounts of others are not added. */
  currency: string;
  /** What the codes of channels have for who came by themselves. */
  direct: string;
  people?: PeopleGroups | undefined;
  collect?: AttributionCell | undefined;
}

interface Plan extends ShareRules, Pick<AttributionAsked, 'from' | 'until' | 'lookbackSeconds' | 'people'> {
  conversion: number;
  currency: number;
  collect?: { kind: AttributionCell['kind']; channel: number } | undefined;
}

type Collecting = AttributionSums & { collected: Uint32Array[] };

const nothing = () => ({ conversions: 0, people: 0, revenue: 0 });
const summed = (left: ReturnType<typeof nothing>, right: ReturnType<typeof nothing>) => ({
  conversions: left.conversions + right.conversions,
  people: left.people + right.people,
  revenue: left.revenue + right.revenue,
});

/** A person's last mark, so that everybody counts once. */
class Marks {
  readonly counts: Float64Array;
  readonly #last: Int32Array;

  constructor(counts: readonly number[]) {
    this.counts = Float64Array.from(counts);
    this.#last = new Int32Array(counts.length).fill(-1);
  }

  mark(place: number, who: number): void {
    if (this.#last[place] === who) return;
    this.#last[place] = who;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
  }
}

/** What conversions are worth, divided among the touches before them by every rule at once. */
export const attribution: Pass<AttributionAsked, Plan, Collecting> = {
  columns: ({ people, collect }) => [
    ...(people || collect ? (['people'] as const) : []),
    ...(['starts', 'seconds', 'types', 'channels', 'currencies', 'amounts'] as const),
  ],
  plan: ({ conversionType, currency, direct, collect, ...asked }, { types, channels, currencies }) => ({
    ...asked,
    conversion: types.indexOf(conversionType),
    currency: currencies.indexOf(currency),
    direct: channels.indexOf(direct),
    channels: Math.max(1, channels.length),
    ...(collect
      ? { collect: { kind: collect.kind, channel: 'channel' in collect ? channels.indexOf(collect.channel) : -1 } }
      : {}),
  }),
  begin: ({ channels }) => ({
    credit: zeros(ruleModels.length * channels),
    revenue: zeros(ruleModels.length * channels),
    people: zeros(touchKinds.length * channels),
    converted: nothing(),
    unattributed: nothing(),
    otherCurrency: 0,
    steps: zeros((channels + 2) ** 2),
    collected: [],
  }),
  add: (sums, part, plan) => {
    const { from, until, lookbackSeconds, conversion, currency, channels, people: groups, collect } = plan;
    const { people, starts, seconds, types, amounts, currencies } = part;
    const [credit, revenue, steps] = [sums.credit, sums.revenue, sums.steps].map(one => Float64Array.from(one)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    /** Of those with a single touch every model gives it all: added to each model at the end. */
    const [soleCredit, soleRevenue] = [new Float64Array(channels), new Float64Array(channels)];
    const marks = new Marks(sums.people);
    const [converted, unattributed] = [{ ...sums.converted }, { ...sums.unattributed }];
    let { otherCurrency } = sums;
    const [touches, found, sharer] = [new TouchList(), new NumberList(), new CreditSharer(plan)];
    const width = channels + 2;
    const [ends, endsWithout] = [channels, channels + 1];
    const walk = (first: number, last: number, end: number): void => {
      let before = 0;
      for (let place = first; place < last; place += 1) {
        const channel = touches.channel.at(place);
        const cell = before * width + channel;
        steps[cell] = (steps[cell] ?? 0) + 1;
        before = channel;
      }
      const cell = before * width + end;
      steps[cell] = (steps[cell] ?? 0) + 1;
    };
    const wanted = collect ? { kind: collect.kind, channel: collect.channel } : undefined;
    let isFound = false;
    const note = (kind: number, channel: number, who: number): void => {
      marks.mark(kind * channels + channel, who);
      if (wanted && wanted.kind === touchKinds[kind] && wanted.channel === channel) isFound = true;
    };
    for (let who = 0; who + 1 < starts.length; who += 1) {
      const person = people[who] ?? 0;
      if (groups && groupOf(groups, person) === leftOut) continue;
      touches.clear();
      isFound = false;
      let [first, conversions, without] = [0, 0, 0];
      const end = starts[who + 1] ?? 0;
      for (let row = starts[who] ?? 0; row < end; row += 1) {
        const second = seconds[row] ?? 0;
        if (second >= until) break;
        if (second < from - lookbackSeconds) continue;
        touches.add(second, part.channels[row] ?? 0);
        if (types[row] !== conversion || second < from) continue;
        conversions += 1;
        const isOwn = currencies[row] === currency;
        const amount = isOwn ? (amounts[row] ?? 0) : 0;
        if (!isOwn && (amounts[row] ?? 0) !== 0) otherCurrency += 1;
        converted.conversions += 1;
        converted.revenue += amount;
        while (first < touches.at.length && touches.at.at(first) < second - lookbackSeconds) first += 1;
        const last = touches.at.length;
        if (first === last) {
          without += 1;
          unattributed.conversions += 1;
          unattributed.revenue += amount;
          continue;
        }
        walk(first, last, ends);
        const path = { touches, from: first, to: last, second };
        note(0, touches.channel.at(first), who);
        note(1, touches.channel.at(last - 1), who);
        note(2, touches.channel.at(lastNonDirect(path, plan.direct)), who);
        for (let place = first; place < last; place += 1) note(3, touches.channel.at(place), who);
        if (last - first === 1) {
          const channel = touches.channel.at(first);
          soleCredit[channel] = (soleCredit[channel] ?? 0) + partsOfCredit;
          soleRevenue[channel] = (soleRevenue[channel] ?? 0) + amount;
          continue;
        }
        sharer.share(path, partsOfCredit, credit);
        if (amount !== 0) sharer.share(path, amount, revenue);
      }
      if (conversions > 0) converted.people += 1;
      else {
        while (first < touches.at.length && touches.at.at(first) < from) first += 1;
        if (first < touches.at.length) walk(first, touches.at.length, endsWithout);
      }
      if (without > 0) unattributed.people += 1;
      const isBehind = wanted?.kind === 'converted' ? conversions > 0 : wanted?.kind === 'unattributed' && without > 0;
      if (isFound || isBehind) found.push(person);
    }
    for (let model = 0; model < ruleModels.length; model += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        const cell = model * channels + channel;
        credit[cell] = (credit[cell] ?? 0) + (soleCredit[channel] ?? 0);
        revenue[cell] = (revenue[cell] ?? 0) + (soleRevenue[channel] ?? 0);
      }
    }
    return {
      ...{ credit: [...credit], revenue: [...revenue], people: [...marks.counts], steps: [...steps] },
      ...{ converted, unattributed, otherCurrency },
      collected: collect ? [...sums.collected, found.taken()] : sums.collected,
    };
  },
  merge: (left, right) => ({
    credit: added(left.credit, right.credit),
    revenue: added(left.revenue, right.revenue),
    people: added(left.people, right.people),
    converted: summed(left.converted, right.converted),
    unattributed: summed(left.unattributed, right.unattributed),
    otherCurrency: left.otherCurrency + right.otherCurrency,
    steps: added(left.steps, right.steps),
    collected: [...left.collected, ...right.collected],
  }),
};
