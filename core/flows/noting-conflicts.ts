import { Problem } from '../errors.ts';
import { byStrength, type Identifier, matchKey } from '../model/identifier.ts';
import { isStrong } from '../model/identifier-strength.ts';
import type { ProfileTie } from '../model/profile-tie.ts';
import type { IdentityStore } from '../ports/identity-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

/** What a request says of somebody. */
interface NamedPerson {
  /** Whom it is about, where it says so. */
  profileId?: string;
  identifiers: readonly Identifier[];
  requestId: string;
}

interface NotingTools {
  identity: Pick<IdentityStore, 'noteTies'>;
  profiles: Pick<ProfileStore, 'ownersOf'>;
  now: () => Date;
}

/**
 * Writes a profile. Where that is refused because others have some of its identifiers, what the caller says is noted
 * all the same: that they are one person.
 */
export const notingConflicts = async <Written>(
  write: () => Promise<Written>,
  named: NamedPerson,
  tools: NotingTools,
): Promise<Written> => {
  try {
    return await write();
  } catch (fault) {
    if (fault instanceof Problem && fault.extra.existingProfileId !== undefined) {
      await tools.identity.noteTies(await tiesIn(named, tools));
    }
    throw fault;
  }
};

const tiesIn = async (named: NamedPerson, { profiles, now }: NotingTools): Promise<ProfileTie[]> => {
  const identifiers = [...named.identifiers].sort(byStrength);
  const owners = await profiles.ownersOf(identifiers.map(matchKey));
  const owned = identifiers.flatMap(one => {
    const owner = owners.get(matchKey(one));
    return owner === undefined ? [] : [{ owner, type: one.type }];
  });
  const profileId = named.profileId ?? owned[0]?.owner ?? '';
  const others = new Set(owned.map(({ owner }) => owner).filter(owner => owner !== profileId));
  return [...others].map(otherId => {
    const types = [...new Set(owned.filter(({ owner }) => owner === otherId).map(({ type }) => type))];
    const grade = types.some(type => isStrong({ type })) ? ('named' as const) : ('shared' as const);
    const said = { eventId: named.requestId, at: now().toISOString(), byWriteKey: false };
    return { profileId, otherId, grade, types, ...said };
  });
};
