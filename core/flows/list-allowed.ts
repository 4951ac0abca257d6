import { isGranted } from '../engines/consent/consent-standing.ts';
import type { ConsentChannel } from '../model/profile.ts';
import { isBarred } from '../model/suppression.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import { suppressionKeys } from './suppression-keys.ts';

interface AllowedTools {
  profiles: Pick<ProfileStore, 'list' | 'getMany'>;
  suppressions: Suppressions;
  now: () => Date;
}

/** Who may be reached by a channel, as they are now: granted, not expired, not to be left alone. */
export const listAllowed = async (
  { permission, limit, cursor }: { permission: ConsentChannel; limit: number; cursor?: string | undefined },
  { profiles, suppressions, now }: AllowedTools,
): Promise<{ items: { profileId: string }[]; nextCursor?: string }> => {
  const { ids, next } = await profiles.list(limit, cursor);
  const states = await profiles.getMany(ids);
  const live = [...states.values()].filter(
    ({ head, person }) => head.life === 'live' && isGranted(person.consent[permission], now().getTime()),
  );
  const standing = await suppressions.of(live.flatMap(suppressionKeys));
  const allowed = live.filter(
    state => !suppressionKeys(state).some(key => isBarred(standing.get(key) ?? {}, [permission])),
  );
  return {
    items: allowed.map(({ id }) => ({ profileId: id })),
    ...(next === undefined ? {} : { nextCursor: next }),
  };
};
