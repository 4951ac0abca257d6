import { countHeads } from '../engines/analytics/count-heads.ts';
import { countQuarantined } from '../engines/analytics/count-quarantined.ts';
import type { Commit } from '../ports/commit.ts';
import type { CounterStore } from '../ports/counters.ts';

interface ProjectTools {
  counters: CounterStore;
  reportingTimezone: string;
}

type Counted = Commit & { kind: 'head' | 'quarantined' };
type Of<Kind extends Counted['kind']> = Commit & { kind: Kind };

const only = <Kind extends Counted['kind']>(kind: Kind, commits: readonly Counted[]): Of<Kind>[] =>
  commits.filter((commit): commit is Of<Kind> & Counted => commit.kind === kind);

/** Sequence numbers are decimal and longer than a number can be exact. */
const later = (sequence: string, than: string): boolean => BigInt(sequence) > BigInt(than === '' ? 0 : than);

const triesMax = 20;

/**
 * Adds a batch of one shard to the shard's counters. Records of a shard come in order, so everything up to the sequence
 * number beside the sums is in them already: a batch that comes again, or overlaps another, adds only what is new.
 *
 * @throws Error when others went on from under us all the time
 */
export const projectCounts = async (
  shard: string,
  commits: readonly Commit[],
  { counters, reportingTimezone }: ProjectTools,
): Promise<void> => {
  const counting = commits.filter(
    (commit): commit is Counted => commit.kind === 'head' || commit.kind === 'quarantined',
  );
  for (let tries = 0; tries < triesMax; tries += 1) {
    const { sequence, totals } = await counters.ofShard(shard);
    const fresh = counting.filter(commit => later(commit.sequence, sequence));
    const last = fresh.at(-1);
    if (!last) return;
    const counted = countHeads(totals, only('head', fresh), reportingTimezone);
    const quarantined = countQuarantined(totals.quarantined ?? {}, only('quarantined', fresh));
    if (await counters.advance(shard, sequence, last.sequence, { ...counted, quarantined })) return;
  }
  throw new Error(`the counters of ${shard} were changed by others all the time`);
};
