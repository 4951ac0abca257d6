import type { PairBlock, TraceLine } from '../../model/profile-pair.ts';
import type { ProfileTie } from '../../model/profile-tie.ts';
import type { Contribution, MatchDecision } from './decide-match.ts';
import type { MatchGuard } from './match-guards.ts';
import { sharedScoreMax } from './match-guards.ts';
import type { MatchSettings } from './match-settings.ts';

/** What is known of two profiles. */
export interface PairFacts {
  /** What their records say. */
  match: MatchDecision;
  /** What events of one of them said of the other. */
  ties: readonly ProfileTie[];
  /** Each has a customer id, and none is the same. */
  differentCustomers: boolean;
  /** Each of them is known by more than a device or a browser. */
  bothKnown: boolean;
  /** Something that speaks for one person was said with a key that stands in browsers. */
  saidInBrowsers: boolean;
  /** Whether joining without asking is allowed. */
  autoMerge: boolean;
  /** Whether records that are alike say anything, or events alone. */
  probabilistic: boolean;
}

export interface PairDecision {
  /** `merge` without asking, `review`: somebody is asked, `blocked`: never, `none`: nothing speaks for one person. */
  action: 'merge' | 'review' | 'blocked' | 'none';
  score: number;
  block?: PairBlock | undefined;
  trace: TraceLine[];
  /** Names what is known; the weights of a model are not in it. */
  evidence: string;
  /** The event that named both, where one did. */
  eventId?: string | undefined;
}

const namedScore = 100;

const blockOf: Record<MatchGuard, PairBlock> = {
  'different customer ids': 'different_customers',
  'shared device alone': 'shared_device',
  'shared household alone': 'shared_household',
};

/**
 * What a tie is worth: an identifier that tells who somebody is settles it, and so does one of a browser whose visitor
 * nobody knows yet. A device is shared by families and shops: alone it never says more than that somebody is to be asked.
 */
const tieScore = ({ grade, types }: ProfileTie, bothKnown: boolean): number => {
  if (grade === 'named') return namedScore;
  return bothKnown || types.every(type => type === 'deviceId') ? sharedScoreMax : namedScore;
};

const lineOf = ({ kind, field, level, contributionBits }: Contribution): TraceLine => ({
  kind,
  field,
  level,
  bits: Math.round(contributionBits * 10) / 10,
});

const tieLine = ({ grade, types, byWriteKey }: ProfileTie): TraceLine => ({
  kind: 'event',
  field: types.join(' '),
  level: byWriteKey ? `${grade} by a write key` : grade,
  bits: 0,
});

const evidenceOf = (trace: readonly TraceLine[]): string =>
  trace
    .filter(({ kind, level }) => kind !== 'prior' && kind !== 'household' && level !== 'missing')
    .map(({ kind, field, level }) => `${kind} ${field} ${level}`)
    .sort()
    .join('; ');

/** May what was said with a key that stands in browsers tie these two? Only where one of them is nobody yet. */
const mayTie = ({ byWriteKey }: ProfileTie, bothKnown: boolean): boolean => !(byWriteKey && bothKnown);

/**
 * Are two profiles one person's, and what follows? Events that named both settle it before records that are alike do.
 * Two customers of different numbers never are; a key that stands in browsers never joins two people who are known, and
 * what is only shared never joins anybody without asking.
 */
export const decidePair = (facts: PairFacts, settings: MatchSettings): PairDecision => {
  const { match, ties, bothKnown } = facts;
  const valid = ties.filter(tie => mayTie(tie, bothKnown));
  const best = [...valid].sort((one, other) => tieScore(other, bothKnown) - tieScore(one, bothKnown))[0];
  const trace = [...ties.map(tieLine), ...match.contributions.map(lineOf)];
  const base = { trace, evidence: evidenceOf(trace), eventId: (best ?? ties[0])?.eventId };
  if (facts.differentCustomers)
    return { ...base, action: ties.length > 0 ? 'blocked' : 'none', score: 0, block: 'different_customers' };
  const byTie = best === undefined ? 0 : tieScore(best, bothKnown);
  const byRecords = facts.probabilistic ? match.score : 0;
  const score = Math.max(byTie, byRecords);
  if (score < settings.reviewScoreMin)
    return valid.length < ties.length
      ? { ...base, action: 'blocked', score, block: 'write_key' }
      : { ...base, action: 'none', score };
  const block = whyNotAlone(facts, byTie, score, settings);
  const isAlone = block === undefined && facts.autoMerge && score >= settings.mergeScoreMin;
  return { ...base, action: isAlone ? 'merge' : 'review', score, block };
};

/** Why two are not joined without asking, whatever is allowed; nothing where their score alone decides. */
const whyNotAlone = (
  { match, ties, saidInBrowsers }: PairFacts,
  byTie: number,
  score: number,
  { mergeScoreMin }: MatchSettings,
): PairBlock | undefined => {
  if (byTie >= mergeScoreMin && byTie > sharedScoreMax) return undefined;
  if (score <= sharedScoreMax && match.guard !== undefined) return blockOf[match.guard];
  if (score <= sharedScoreMax && ties.length > 0) return 'shared_device';
  return saidInBrowsers ? 'write_key' : undefined;
};
