import { detachIdentifier } from '../engines/profiles/detach-identifier.ts';
import { notFound, Problem } from '../errors.ts';
import { IdentifierType, matchKey } from '../model/identifier.ts';
import { ProfileChanged } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';
import type { UpdateTools } from './update-profile.ts';

const triesMax = 64;

/**
 * Takes from a profile what it is known by, which is free from then on, in one step; that it was known by it stays in
 * its history. Events that came by it stay where they are.
 *
 * @throws Problem `NOT_FOUND` for a profile that is not there, or is not known by it
 */
export const detachIdentity = async (
  id: string,
  { type, value }: { type: string; value: string },
  actor: string,
  { profiles, now }: UpdateTools,
): Promise<void> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await liveProfile(id, profiles);
    const known = IdentifierType.safeParse(type);
    const key = known.success ? matchKey({ type: known.data, value }) : undefined;
    const after = key && detachIdentifier(before, key, now().getTime());
    if (!after) throw notFound('Such an identifier', `of profile ${id}`);
    try {
      return await profiles.commit({ before, after, actor, recent: true });
    } catch (fault) {
      if (!(fault instanceof ProfileChanged)) throw fault;
    }
  }
  throw new Problem('CONFLICT', `Profile ${id} is changed all the time; try again`);
};
