import {
  type AttributionModel,
  attributionModels,
  partsOfCredit,
  ruleModels,
  touchKindOf,
  touchKinds,
} from '../../model/attribution-model.ts';
import type { AttributionCell, AttributionSums } from '../../model/attribution-sums.ts';
import { splitWhole } from '../../model/largest-remainder.ts';
import { markovRemoval } from './markov-removal.ts';

/** What one model gives a channel. */
interface ChannelCredit {
  channel: string;
  /** Conversions, to a millionth. */
  credit: number;
  /** Of all conversions that are attributed: those of all channels come to 1. */
  share: number;
  revenue: number;
  /** With a conversion that the channel has some credit for. */
  people: number;
  handle: string;
}

/** By channel, in whole parts of a conversion and in minor units. */
interface Divided {
  credit: number[];
  revenue: number[];
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

const ruled = ({ credit, revenue }: AttributionSums, model: number, channels: number): Divided => ({
  credit: credit.slice(model * channels, (model + 1) * channels),
  revenue: revenue.slice(model * channels, (model + 1) * channels),
});

/** Divided by what would be lost without each channel; as exactly as the rules do. */
const chained = (sums: AttributionSums, channels: number): Divided => {
  const last = ruled(sums, 0, channels);
  const removal = markovRemoval(sums.steps, channels);
  return { credit: splitWhole(sumOf(last.credit), removal), revenue: splitWhole(sumOf(last.revenue), removal) };
};

/** What every model says, the channels with the most credit first. */
export const attributionReport = (
  sums: AttributionSums,
  channels: readonly string[],
  majorOf: (units: number) => number,
  handleOf: (cell: AttributionCell) => string,
): Record<AttributionModel, ChannelCredit[]> => {
  const count = Math.max(1, channels.length);
  const handles = new Map<string, string>();
  const handleFor = (kind: (typeof touchKinds)[number], channel: string): string => {
    const known = handles.get(`${kind} ${channel}`) ?? handleOf({ kind, channel });
    handles.set(`${kind} ${channel}`, known);
    return known;
  };
  const creditsOf = (model: AttributionModel): ChannelCredit[] => {
    const place = ruleModels.indexOf(model as (typeof ruleModels)[number]);
    const divided = place < 0 ? chained(sums, count) : ruled(sums, place, count);
    const kind = touchKindOf[model];
    const shares = splitWhole(sumOf(divided.credit) === 0 ? 0 : partsOfCredit, divided.credit);
    return channels
      .map((channel, code) => ({
        ...{ channel, credit: (divided.credit[code] ?? 0) / partsOfCredit, share: (shares[code] ?? 0) / partsOfCredit },
        revenue: majorOf(divided.revenue[code] ?? 0),
        people: sums.people[touchKinds.indexOf(kind) * count + code] ?? 0,
        handle: kind,
      }))
      .filter(({ people }, code) => code > 0 && people > 0)
      .sort((one, other) => other.credit - one.credit || (one.channel < other.channel ? -1 : 1))
      .map(one => ({ ...one, handle: handleFor(kind, one.channel) }));
  };
  return Object.fromEntries(attributionModels.map(model => [model, creditsOf(model)])) as Record<
    AttributionModel,
    ChannelCredit[]
  >;
};
