import { blockingKeys } from './blocking-keys.ts';
import type { MatchRecord } from './match-record.ts';
import type { AttributeKinds } from './normal-forms.ts';

/** Pairs of records worth comparing: `left[i]` with `right[i]`, each pair once, the smaller index on the left. */
export interface CandidatePairs {
  left: Uint32Array;
  right: Uint32Array;
  /** Blocks that were too large to compare everyone in them with everyone; their keys tell too little. */
  blocksSkipped: number;
}

/** A key that more records share than this is too common to tell who is who. */
const blockSizeMax = 100;

const blocksOf = (records: readonly MatchRecord[], kinds: AttributeKinds): { blocks: number[][]; skipped: number } => {
  const byKey = new Map<string, number[]>();
  for (const [index, record] of records.entries())
    for (const key of new Set(blockingKeys(record, kinds))) {
      const block = byKey.get(key);
      if (block === undefined) byKey.set(key, [index]);
      // One more than the cap is enough to know that a block is too large.
      else if (block.length <= blockSizeMax) block.push(index);
    }
  const shared = [...byKey.values()].filter(block => block.length > 1);
  const blocks = shared.filter(block => block.length <= blockSizeMax);
  return { blocks, skipped: shared.length - blocks.length };
};

/** Each pair as one number, sorted, with repeats. */
const numbered = (blocks: readonly number[][], count: number): Float64Array => {
  const size = blocks.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  const pairs = new Float64Array(size);
  let next = 0;
  for (const block of blocks)
    for (const [place, left] of block.entries())
      for (let other = place + 1; other < block.length; other += 1) {
        pairs[next] = left * count + (block[other] ?? 0);
        next += 1;
      }
  return pairs.sort();
};

const withoutRepeats = (pairs: Float64Array): Float64Array => {
  let kept = 0;
  for (let index = 0; index < pairs.length; index += 1) {
    const pair = pairs[index] ?? 0;
    if (kept > 0 && pair === pairs[kept - 1]) continue;
    pairs[kept] = pair;
    kept += 1;
  }
  return pairs.subarray(0, kept);
};

/**
 * The pairs that share at least one blocking key. Each record has a bounded number of keys and each block a bounded
 * size, so that their number grows with the records and not with their square.
 */
export const candidatePairs = (records: readonly MatchRecord[], kinds: AttributeKinds): CandidatePairs => {
  const { blocks, skipped } = blocksOf(records, kinds);
  const pairs = withoutRepeats(numbered(blocks, records.length));
  return {
    left: Uint32Array.from(pairs, pair => Math.floor(pair / records.length)),
    right: Uint32Array.from(pairs, pair => pair % records.length),
    blocksSkipped: skipped,
  };
};
