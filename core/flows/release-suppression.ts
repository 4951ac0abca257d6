import { notFound, Problem } from '../errors.ts';
import type { Suppression } from '../model/suppression.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { ListedSuppression, Suppressions } from '../ports/suppressions.ts';
import { ownSuppressionKeys } from './suppression-keys.ts';

interface ReleaseTools {
  profiles: Pick<ProfileStore, 'get'>;
  suppressions: Suppressions;
}

export const erasureReason = 'erasure';

const wordsIn = ({ channels }: ListedSuppression): Suppression[] => Object.values(channels);

const isErasure = (listed: ListedSuppression): boolean =>
  wordsIn(listed).some(({ reason }) => reason === erasureReason);

const wordsOf = (listed: ListedSuppression): ReadonlySet<string> =>
  new Set(wordsIn(listed).map(({ at, reason }) => `${at} ${reason}`));

/**
 * Removes what stands of one key, and of the other keys of the same profile what the same word said. What was said of
 * them otherwise goes on standing.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `FORBIDDEN` for what an erasure left @throws Problem `CONFLICT`
 */
export const releaseSuppression = async (id: string, isAdmin: boolean, tools: ReleaseTools): Promise<void> => {
  const listed = await tools.suppressions.get(id);
  if (!listed) throw notFound('Suppression', id);
  const all = [listed, ...(await ofSameWord(listed, tools))];
  if (all.some(isErasure) && !isAdmin) throw new Problem('FORBIDDEN', 'What an erasure left needs the scope admin');
  for (const one of all) {
    if (!(await tools.suppressions.remove(one)))
      throw new Problem('CONFLICT', 'It was changed at the same moment; try again');
  }
};

const ofSameWord = async (
  { id, profileId, ...listed }: ListedSuppression,
  { profiles, suppressions }: ReleaseTools,
): Promise<ListedSuppression[]> => {
  const state = profileId === undefined ? undefined : await profiles.get(profileId);
  if (state?.head.life !== 'live') return [];
  const words = wordsOf({ id, ...listed });
  const ids = (await suppressions.idsOf(ownSuppressionKeys(state))).filter(other => other !== id);
  const others = await Promise.all(ids.map(other => suppressions.get(other)));
  return others.flatMap(other => (other && [...wordsOf(other)].every(word => words.has(word)) ? [other] : []));
};
