import { clusterMatches } from '../../../core/engines/identity/cluster-matches.ts';
import { defaultMatchSettings } from '../../../core/engines/identity/match-settings.ts';
import { type Scan, scanRecords } from '../../../core/engines/identity/scan-records.ts';
import { clusteredQuality, directQuality, type PairQuality, pairsWithin } from './pair-quality.ts';
import type { People } from './people.ts';

const recordsPerPersonMax = 50;

/** What a scan found of people whose truth is known. */
export interface Judged {
  scan: Scan;
  /** By pair of the scan, 1 where both are one person's. */
  isMatch: Uint8Array;
  /** Pairs of one person that there are. */
  matches: number;
  /** By lowest score. */
  direct: Readonly<Record<number, PairQuality>>;
  clustered: Readonly<Record<number, PairQuality>>;
  seconds: number;
}

const { mergeScoreMin, reviewScoreMin, possibleScoreMin } = defaultMatchSettings;
export const judgedScores = [mergeScoreMin, reviewScoreMin, possibleScoreMin];

/** Scans the records without their truth, then judges what came out by it. */
export const judgePeople = ({ kinds, records, truth }: People): Judged => {
  const start = performance.now();
  const scan = scanRecords(records, kinds, defaultMatchSettings);
  const clusters = judgedScores.map(scoreMin =>
    clusterMatches({ ...scan.pairs, scores: scan.scores }, records.length, {
      scoreMin,
      sizeMax: recordsPerPersonMax,
      customerIdOf: record => records[record]?.identifiers.customerId?.[0],
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const { left, right } = scan.pairs;
  const isMatch = Uint8Array.from(left, (record, pair) => (truth[record] === truth[right[pair] ?? 0] ? 1 : 0));
  const matches = pairsWithin(truth);
  return {
    scan,
    isMatch,
    matches,
    direct: Object.fromEntries(judgedScores.map(score => [score, directQuality(scan.scores, isMatch, score, matches)])),
    clustered: Object.fromEntries(
      judgedScores.map((score, index) => [score, clusteredQuality(clusters[index]?.clusterOf ?? [], truth)]),
    ),
    seconds,
  };
};
