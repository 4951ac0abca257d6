import type { PairDecision } from '../engines/identity/decide-pair.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { IdentityDecision } from '../model/identity-decision.ts';
import { type PairBlock, type PairStatus, type ProfilePair, pairIdOf } from '../model/profile-pair.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { IdentityStore } from '../ports/identity-store.ts';
import { whyRefused } from './merge-guards.ts';

export interface NoteTools {
  identity: IdentityStore;
  newId: (prefix: string) => string;
  now: () => Date;
}

interface Decided {
  one: ProfileState;
  other: ProfileState;
  /** What stands of the pair. */
  read: ProfilePair | undefined;
  decision: PairDecision;
  config: IdentityConfig;
}

/** Somebody has said no, or took two apart again: whatever is known since, they are asked. */
const wasDecided = ({ status }: ProfilePair): boolean => status === 'rejected' || status === 'merged';

/** Does an answer still hold that was given when less, or something else, was known? */
const stands = (read: ProfilePair, { evidence, action }: PairDecision): boolean => {
  if (read.status === 'joining') return action === 'merge';
  if (read.evidence !== evidence) return false;
  return !(read.status === 'open' && action === 'merge');
};

/**
 * Keeps what was decided about two profiles, with the entry in the log; what was decided before on the same evidence
 * stands. Returns the pair as it stands now, where it is one.
 */
export const notePair = async (decided: Decided, tools: NoteTools): Promise<ProfilePair | undefined> => {
  const { one, other, read, decision } = decided;
  if (decision.action === 'none' || (read && stands(read, decision))) return read;
  const refusal = decision.action === 'merge' ? await whyRefused([one, other], decided.config, tools) : decision.block;
  const status = statusOf(decision, read, refusal);
  const at = tools.now().toISOString();
  const pair: ProfilePair = {
    profileIds: one.id < other.id ? [one.id, other.id] : [other.id, one.id],
    version: (read?.version ?? 0) + 1,
    status,
    score: decision.score,
    block: refusal,
    trace: decision.trace,
    evidence: decision.evidence,
    eventId: decision.eventId,
    createdAt: read?.createdAt ?? at,
    updatedAt: at,
  };
  const logged = entryOf(pair, at, tools.newId('decision'));
  if (await tools.identity.keepPair(pair, read, logged)) return pair;
  return tools.identity.pair(pairIdOf(one.id, other.id));
};

const statusOf = (
  { action }: PairDecision,
  read: ProfilePair | undefined,
  refusal: PairBlock | undefined,
): PairStatus => {
  if (action === 'blocked' || (action === 'merge' && refusal !== undefined)) return 'blocked';
  return action === 'merge' && !(read && wasDecided(read)) ? 'joining' : 'open';
};

const decisionOf: Partial<Record<PairStatus, IdentityDecision['decision']>> = {
  joining: 'merge',
  open: 'review',
  blocked: 'blocked',
};

const entryOf = ({ profileIds, status, score, block, trace, eventId }: ProfilePair, at: string, id: string) => ({
  id,
  profileIds,
  decision: decisionOf[status] ?? 'review',
  by: 'automatic',
  at,
  score,
  block,
  trace,
  eventId,
});
