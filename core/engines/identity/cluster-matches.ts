/** Pairs with their scores, 0 to 100. */
interface ScoredPairs {
  left: ArrayLike<number>;
  right: ArrayLike<number>;
  scores: ArrayLike<number>;
}

export interface ClusterRules {
  /** A pair of this score and above asks for its two clusters to be joined. */
  scoreMin: number;
  /** No cluster grows beyond so many records: larger ones are a value that many people share, not a person. */
  sizeMax: number;
  /** The number of the customer, where a record has one: a cluster has no two. */
  customerIdOf(record: number): string | undefined;
}

export interface Clusters {
  /** By record, the smallest record of its cluster. */
  clusterOf: Uint32Array;
  /** How many joins were refused, by reason. `tooLarge` above 0 is to be looked at. */
  refused: { customers: number; tooLarge: number; unsupported: number };
}

/**
 * The mean score that all the pairs between two clusters must have, in which a pair that was never compared counts 0:
 * one pair that looks alike by accident does not join two groups whose other members contradict it.
 */
const meanScoreMin = 50;

/** Groups that grow by being joined. */
class Groups {
  private readonly membersOf: number[][];
  readonly groupOf: Uint32Array;
  private readonly customers: (string | undefined)[];

  constructor(recordCount: number, customerIdOf: ClusterRules['customerIdOf']) {
    this.groupOf = Uint32Array.from({ length: recordCount }, (_, record) => record);
    this.membersOf = Array.from({ length: recordCount }, (_, record) => [record]);
    this.customers = Array.from({ length: recordCount }, (_, record) => customerIdOf(record));
  }

  members(group: number): readonly number[] {
    return this.membersOf[group] ?? [];
  }

  areDifferentCustomers(one: number, other: number): boolean {
    const [own, others] = [this.customers[one], this.customers[other]];
    return own !== undefined && others !== undefined && own !== others;
  }

  join(one: number, other: number): void {
    const [kept, gone] = [Math.min(one, other), Math.max(one, other)];
    for (const record of this.members(gone)) this.groupOf[record] = kept;
    this.membersOf[kept] = [...this.members(kept), ...this.members(gone)];
    this.membersOf[gone] = [];
    this.customers[kept] ??= this.customers[gone];
  }
}

/** Best first; of equal scores the pair that was found first. */
const inOrder = ({ scores }: ScoredPairs, scoreMin: number): Uint32Array => {
  const asking: number[] = [];
  for (let pair = 0; pair < scores.length; pair += 1) if ((scores[pair] ?? 0) >= scoreMin) asking.push(pair);
  return Uint32Array.from(asking).sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
};

/** The scores of pairs that can lift a mean, by the number of the pair. */
const scoresByPair = ({ left, right, scores }: ScoredPairs, recordCount: number): Map<number, number> => {
  const known = new Map<number, number>();
  for (let pair = 0; pair < scores.length; pair += 1) {
    const score = scores[pair] ?? 0;
    if (score >= 1) known.set((left[pair] ?? 0) * recordCount + (right[pair] ?? 0), score);
  }
  return known;
};

/**
 * Groups records into people: pairs are taken best first, and each joins the groups of its two records unless they are
 * different customers, the group would be too large, or the other pairs between them do not support it.
 */
export const clusterMatches = (pairs: ScoredPairs, recordCount: number, rules: ClusterRules): Clusters => {
  const groups = new Groups(recordCount, rules.customerIdOf);
  const known = scoresByPair(pairs, recordCount);
  const refused = { customers: 0, tooLarge: 0, unsupported: 0 };
  const meanScore = (one: readonly number[], other: readonly number[]): number => {
    let sum = 0;
    for (const left of one)
      for (const right of other) sum += known.get(Math.min(left, right) * recordCount + Math.max(left, right)) ?? 0;
    return sum / (one.length * other.length);
  };
  for (const pair of inOrder(pairs, rules.scoreMin)) {
    const [one, other] = [groups.groupOf[pairs.left[pair] ?? 0] ?? 0, groups.groupOf[pairs.right[pair] ?? 0] ?? 0];
    if (one === other) continue;
    const [members, others] = [groups.members(one), groups.members(other)];
    if (groups.areDifferentCustomers(one, other)) refused.customers += 1;
    else if (members.length + others.length > rules.sizeMax) refused.tooLarge += 1;
    else if (meanScore(members, others) < meanScoreMin) refused.unsupported += 1;
    else groups.join(one, other);
  }
  return { clusterOf: groups.groupOf, refused };
};
