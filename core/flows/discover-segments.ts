import type { Segment } from '../contract/segments.ts';
import { type Discovered, discoverGroups } from '../engines/intelligence/discover-groups.ts';
import { describe } from '../language/describe.ts';
import { type DiscoveryFeature, discoveryFeatures } from '../model/discovery-features.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { type CreateSegmentTools, createSegment } from './create-segment.ts';

export interface DiscoverTools extends CreateSegmentTools {
  queryEngine: QueryEngine;
}

interface Wish {
  k?: number | undefined;
  features?: readonly DiscoveryFeature[] | undefined;
  save: boolean;
}

const [peopleMax, peopleMin, budgetSeconds, millisecondsPerDay] = [20_000, 50, 20, 86_400_000];

/** What of the snapshot each feature is. */
const columns: Record<DiscoveryFeature, string> = {
  ltv: 'COALESCE(ltv_exact, CAST(ltv_cents AS DOUBLE) / 100)',
  purchaseCount: 'purchase_count',
  aov: 'COALESCE(aov_exact, CAST(aov_cents AS DOUBLE) / 100)',
  daysSincePurchase: 'last_purchase_at',
  daysSinceSeen: 'last_seen_at',
  churnRisk: 'churn_risk',
  engagementScore: 'engagement_score',
  ltv12m: 'ltv_12m',
  purchasePropensity: 'purchase_propensity',
};
const isTime = (feature: DiscoveryFeature): boolean => feature.startsWith('days');

const peopleOf = async (features: readonly DiscoveryFeature[], { queryEngine, now }: DiscoverTools) => {
  const { rows } = await queryEngine.ask((dialect, { text }) => {
    const selected = features.map(feature => {
      const column = columns[feature];
      return `${isTime(feature) ? dialect.epochMilliseconds(column) : column} AS "${feature}"`;
    });
    return { text: `SELECT ${selected.join(', ')} FROM ${text} ORDER BY id LIMIT ${peopleMax}`, values: [] };
  }, budgetSeconds);
  const at = now().getTime();
  const data = new Float64Array(rows.length * features.length);
  for (const [person, row] of rows.entries())
    for (const [place, feature] of features.entries()) {
      const value = row[feature];
      const known = value === null || value === undefined ? Number.NaN : Number(value);
      data[person * features.length + place] = isTime(feature) ? Math.max(0, (at - known) / millisecondsPerDay) : known;
    }
  return { people: rows.length, data };
};

/** Features that tell people apart: what is the same of everybody does not. */
const telling = (features: readonly DiscoveryFeature[], data: Float64Array): number[] =>
  features.flatMap((_, place) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = place; at < data.length; at += features.length) {
      const value = data[at] ?? Number.NaN;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    return most > least ? [place] : [];
  });

const nameOf = ({ traits }: Discovered, place: number): string => {
  const [first, second] = traits;
  const word = (trait: Discovered['traits'][number] | undefined) =>
    trait ? `${trait.median >= trait.everybody ? 'high' : 'low'} ${trait.feature}` : '';
  return `Group ${place + 1}: ${[word(first), word(second)].filter(text => text !== '').join(', ')}`;
};

/** Groups of people who are alike, as segments that may be saved. */
export const discoverSegments = async ({ k, features = discoveryFeatures, save }: Wish, tools: DiscoverTools) => {
  const { people, data } = await peopleOf(features, tools);
  const places = telling(features, data);
  const chosen = places.map(place => features[place] ?? 'ltv');
  if (people < peopleMin || chosen.length < 2) {
    const reason =
      people < peopleMin ? `${people} of ${peopleMin} people` : 'fewer than two features tell anybody apart';
    return { status: 'insufficient_data' as const, reason, people, clusters: [] };
  }
  const rows = Float64Array.from({ length: people * places.length }, (_, at) => {
    const person = Math.floor(at / places.length);
    return data[person * features.length + (places[at % places.length] ?? 0)] ?? Number.NaN;
  });
  const { silhouette, groups } = discoverGroups({ features: chosen, rows }, k);
  const clusters = [];
  for (const [place, group] of groups.entries()) {
    const name = nameOf(group, place);
    const saved = save ? await saveAs(name, group, tools) : undefined;
    clusters.push({
      ...{ name, size: group.size, share: group.size / people, traits: group.traits, suggestedRules: group.rules },
      ...{ inWords: describe(group.rules), fidelity: group.fidelity },
      ...(saved ? { segmentId: saved.id } : {}),
    });
  }
  return { status: 'found' as const, people, silhouette, clusters };
};

const saveAs = (name: string, { rules }: Discovered, tools: DiscoverTools): Promise<Segment> =>
  createSegment({ name, type: 'rule-based', rules }, tools);
