import type { MatchRecord } from './match-record.ts';

/** How often each value of an attribute occurs, and how likely two records agree on it by chance. */
export interface TermCounts {
  counts: ReadonlyMap<string, number>;
  /** Records that have the attribute. */
  total: number;
  /** Σ f², the chance that two of them have the same value. */
  chance: number;
}

export const termCountsOf = (records: readonly MatchRecord[], attribute: string): TermCounts => {
  const counts = new Map<string, number>();
  let total = 0;
  for (const record of records) {
    const value = record.attributes[attribute];
    if (value === undefined) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    total += 1;
  }
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  return { counts, total, chance: total === 0 ? 1 : squares / (total * total) };
};

/**
 * By how much an agreement on this very value tells more (above 0) or less than an agreement on an average one, natural
 * logarithm: log(Σ f² / f(value)). Formula: Fellegi & Sunter 1969, section 3.3.1, frequency-based weights; Winkler 1988.
 */
export const rarity = ({ counts, total, chance }: TermCounts, value: string): number =>
  total === 0 ? 0 : Math.log((chance * total) / Math.max(counts.get(value) ?? 1, 1));

/** By attribute. */
export type Terms = ReadonlyMap<string, TermCounts>;
