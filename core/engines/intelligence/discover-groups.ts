import type { Condition } from '../../language/condition.ts';
import type { DiscoveryFeature } from '../../model/discovery-features.ts';
import { clusterPeople } from './cluster-people.ts';
import { type Question, type RuleTree, ruleTree } from './rule-tree.ts';

/** People, each a row of what is known of them in the order of features; NaN: not known. */
export interface DiscoveryData {
  features: readonly DiscoveryFeature[];
  rows: Float64Array;
}

export interface Discovered {
  size: number;
  traits: { feature: DiscoveryFeature; median: number; everybody: number; inWords: string }[];
  rules: { operator: 'AND' | 'OR'; conditions: Condition[] };
  fidelity: Pick<RuleTree, 'precision' | 'recall' | 'found'>;
}

export interface Discovery {
  silhouette: number;
  groups: Discovered[];
}

/** Amounts and days are compared by their logarithms: ten days more count less after a year. */
const isPercent = (feature: DiscoveryFeature): boolean =>
  feature === 'churnRisk' || feature === 'engagementScore' || feature === 'purchasePropensity';

const medianOf = (values: Float64Array): number => {
  const known = values.filter(Number.isFinite).sort();
  return known.length === 0 ? 0 : (known[Math.floor((known.length - 1) / 2)] ?? 0);
};

const columnOf = (
  { features, rows }: DiscoveryData,
  feature: number,
  keep?: (row: number) => boolean,
): Float64Array => {
  const people = rows.length / features.length;
  const all = Float64Array.from({ length: people }, (_, row) => rows[row * features.length + feature] ?? Number.NaN);
  return keep ? all.filter((_, row) => keep(row)) : all;
};

const comparable = (data: DiscoveryData): Float64Array => {
  const width = data.features.length;
  const result = new Float64Array(data.rows.length);
  data.features.forEach((feature, place) => {
    const column = columnOf(data, place);
    /** Who knows no value is taken as the largest: never bought is longer ago than ever. */
    const largest = Math.max(0, ...column.filter(Number.isFinite).subarray(0, 100_000));
    const values = column.map(value => {
      const known = Number.isFinite(value) ? value : largest;
      return isPercent(feature) ? known : Math.sign(known) * Math.log1p(Math.abs(known));
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    values.forEach((value, row) => {
      result[row * width + place] = spread > 0 ? (value - mean) / spread : 0;
    });
  });
  return result;
};

const dated: Partial<Record<DiscoveryFeature, string>> = {
  daysSincePurchase: 'computed.lastPurchaseDate',
  daysSinceSeen: 'computed.lastSeenDate',
};

/** A question in the language of segments. Days ago: within the last so many, or not. */
const conditionOf = ({ feature, operator, value }: Question, features: readonly DiscoveryFeature[]): Condition => {
  const name = features[feature] ?? 'ltv';
  const date = dated[name];
  if (date === undefined) return { field: `computed.${name}`, operator, value };
  const days = Math.max(1, operator === '<=' ? Math.floor(value) + 1 : Math.ceil(value));
  const within: Condition = { field: date, operator: 'within_last', value: days };
  return operator === '<=' ? within : { operator: 'NOT', conditions: [within] };
};

const rulesOf = ({ paths }: RuleTree, features: readonly DiscoveryFeature[]): Discovered['rules'] => {
  const groups = paths.map(path => path.map(question => conditionOf(question, features)));
  const [only, ...others] = groups;
  if (only && others.length === 0) return { operator: 'AND', conditions: only };
  return { operator: 'OR', conditions: groups.map(conditions => ({ operator: 'AND' as const, conditions })) };
};

const traitsOf = (data: DiscoveryData, isInside: Uint8Array): Discovered['traits'] =>
  data.features
    .map((feature, place) => {
      const [median, everybody] = [
        medianOf(columnOf(data, place, row => isInside[row] === 1)),
        medianOf(columnOf(data, place)),
      ];
      const distance = Math.abs(Math.log((1 + Math.abs(median)) / (1 + Math.abs(everybody))));
      const direction = median > everybody ? 'more than' : median < everybody ? 'less than' : 'as much as';
      return {
        feature,
        median,
        everybody,
        distance,
        inWords: `${feature} ${median}, ${direction} ${everybody} of everybody`,
      };
    })
    .sort((one, other) => other.distance - one.distance)
    .map(({ distance: _distance, ...trait }) => trait);

/** Groups of people who are alike, the largest first, each with rules that find it. */
export const discoverGroups = (data: DiscoveryData, k?: number): Discovery => {
  const width = data.features.length;
  const { k: clusters, cluster, silhouette } = clusterPeople(comparable(data), width, k);
  const groups = Array.from({ length: clusters }, (_, at) => {
    const isInside = cluster.map(one => (one === at ? 1 : 0));
    const tree = ruleTree(data.rows, width, isInside);
    const { precision, recall, found } = tree;
    return {
      size: isInside.reduce((sum, one) => sum + one, 0),
      traits: traitsOf(data, isInside),
      rules: rulesOf(tree, data.features),
      fidelity: { precision, recall, found },
    };
  });
  return {
    silhouette,
    groups: groups
      .filter(({ size, rules }) => size > 0 && rules.conditions.length > 0)
      .sort((one, other) => other.size - one.size),
  };
};
