import type { decideDuplicate as decideDuplicateRoute } from '../contract/matching.ts';
import type { RouteInput } from '../contract/route.ts';
import { notFound, Problem, unprocessable } from '../errors.ts';
import type { PairStatus, ProfilePair } from '../model/profile-pair.ts';
import type { IdentityStore } from '../ports/identity-store.ts';
import { type MergeTools, mergeProfiles } from './merge-profiles.ts';

type Body = RouteInput<typeof decideDuplicateRoute>['body'];

interface DecideTools extends MergeTools {
  identity: IdentityStore;
}

const triesMax = 10;
const statusAfter = { merge: 'merged', reject: 'rejected', defer: 'deferred' } as const satisfies Record<
  Body['decision'],
  PairStatus
>;

/**
 * Keeps what somebody decided about a pair, and joins the two where that is the decision. The same decision once more
 * changes nothing.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` for a pair that is none any more @throws Problem `VALIDATION_FAILED`
 */
export const decideDuplicate = async (
  pairId: string,
  body: Body,
  callerId: string,
  tools: DecideTools,
): Promise<ProfilePair> => {
  let mergeId: string | undefined;
  for (let tries = 0; tries < triesMax; tries += 1) {
    const read = await tools.identity.pair(pairId);
    if (!read) throw notFound('Pair', pairId);
    if (read.status === statusAfter[body.decision]) return read;
    checkOpen(read, body, mergeId);
    mergeId ??= body.decision === 'merge' ? await join(read, body, callerId, tools) : undefined;
    const after = decided(read, body, callerId, mergeId, tools.now());
    if (await tools.identity.keepPair(after, read, entryOf(after, body, tools.newId('decision')))) return after;
  }
  throw new Problem('CONFLICT', `Pair ${pairId} is changed all the time; try again`);
};

const checkOpen = ({ status, profileIds }: ProfilePair, body: Body, mergeId: string | undefined): void => {
  const { primaryProfileId } = body;
  if (primaryProfileId !== undefined && !profileIds.includes(primaryProfileId))
    throw unprocessable('body.primaryProfileId', 'is one of the two profiles');
  // What this very request has joined may have been closed by whoever saw it first.
  if (mergeId !== undefined) return;
  if (status === 'merged') throw new Problem('CONFLICT', 'The two have been merged; undo the merge first');
  if (status === 'closed') throw new Problem('CONFLICT', 'One of the two is gone');
};

const join = async (
  { profileIds, score }: ProfilePair,
  { primaryProfileId, strategy, note }: Body,
  by: string,
  tools: MergeTools,
): Promise<string | undefined> => {
  const reason = { kind: 'review' as const, score, by, ...(note === undefined ? {} : { note }) };
  const { mergeIds } = await mergeProfiles({ profileIds: [...profileIds], primaryProfileId, strategy, reason }, tools);
  return mergeIds.at(-1);
};

const decided = (
  read: ProfilePair,
  { decision, note }: Body,
  decidedBy: string,
  mergeId: string | undefined,
  now: Date,
): ProfilePair => ({
  ...read,
  version: read.version + 1,
  status: statusAfter[decision],
  updatedAt: now.toISOString(),
  decidedAt: now.toISOString(),
  decidedBy,
  note,
  mergeId,
});

const entryOf = (
  { profileIds, score, block, trace, eventId, note, updatedAt, decidedBy = '' }: ProfilePair,
  { decision }: Body,
  id: string,
) => ({ id, profileIds, decision, by: decidedBy, at: updatedAt, score, block, trace, eventId, note });
