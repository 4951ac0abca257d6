import { parseArgs } from 'node:util';
import { fittedScores } from './identity/fitted-scores.ts';
import { generatedPeople } from './identity/generated-people.ts';
import { judgedScores, judgePeople } from './identity/judge-people.ts';
import { directQuality, type PairQuality } from './identity/pair-quality.ts';
import { readPeople } from './identity/read-people.ts';
import type { Bench } from './run.ts';

/** What is asked of the default bands, and of a scan of 50,000 records. */
const [precisionMin, recallMin, f1Min, shareOfFittedMin] = [0.995, 0.35, 0.8, 0.95];
const [secondsMax, megabytesMax, recordsMeasured] = [60, 1000, 50_000];

const shown = ({ precision, recall, f1 }: PairQuality): string =>
  `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`;

const nothing: PairQuality = { precision: 0, recall: 0, f1: 0 };

/** Without a file: people who were never seen before, in as many records. */
const somePeople = (seed: number) =>
  generatedPeople(
    {
      persons: 12_500,
      recordsMax: 7,
      typo: 0.1,
      missing: 0.15,
      shortName: 0.2,
      moved: 0.1,
      renamed: 0.05,
      sharing: 0.15,
    },
    seed,
  );

/**
 * How well people are found in records whose truth is known: `--data <CSV> --truth <column> --map attribute=column,…`
 * reads them, without `--data` they are generated (`--seed <n>`).
 */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      data: { type: 'string' },
      truth: { type: 'string', default: 'personId' },
      map: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  const people = values.data ? readPeople(values.data, values.truth, values.map) : somePeople(Number(values.seed));
  const judged = judgePeople(people);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const { scan, isMatch, matches, direct, clustered, seconds } = judged;
  const compared = isMatch.reduce((sum, one) => sum + one, 0);
  console.log(
    `${people.records.length} records, ${matches} pairs of one person; ${scan.scores.length} pairs compared, which hold ${((100 * compared) / matches).toFixed(1)} % of them; ${scan.pairs.blocksSkipped} blocks too large`,
  );
  for (const score of judgedScores) {
    console.log(`${score} direct: ${shown(direct[score] ?? nothing)}`);
    console.log(`${score} clustered: ${shown(clustered[score] ?? nothing)}`);
  }
  const fitted = fittedScores(scan, people.records, isMatch);
  for (const score of judgedScores)
    console.log(`${score} with weights fitted on the truth: ${shown(directQuality(fitted, isMatch, score, matches))}`);
  const [merged, possible] = [direct[95] ?? nothing, direct[60] ?? nothing];
  const share = possible.f1 / directQuality(fitted, isMatch, 60, matches).f1;
  const perMeasured = recordsMeasured / people.records.length;
  return {
    line: `identity: precision at 95 ${merged.precision.toFixed(4)} (≥ ${precisionMin}) with recall ${merged.recall.toFixed(3)} (≥ ${recallMin}), F1 at 60 ${possible.f1.toFixed(3)} (≥ ${f1Min}), ${share.toFixed(3)} of fitted weights' (≥ ${shareOfFittedMin}); ${seconds.toFixed(1)} s and ${megabytes.toFixed(0)} MB for ${people.records.length} records (≤ ${secondsMax} s and ${megabytesMax} MB for ${recordsMeasured})`,
    holds:
      merged.precision >= precisionMin &&
      merged.recall >= recallMin &&
      possible.f1 >= f1Min &&
      share >= shareOfFittedMin &&
      seconds * Math.min(1, perMeasured) <= secondsMax &&
      megabytes * Math.min(1, perMeasured) <= megabytesMax,
  };
};
