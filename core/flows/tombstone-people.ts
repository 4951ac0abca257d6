import { Problem } from '../errors.ts';
import { matchKey } from '../model/identifier.ts';
import { familyOf } from '../model/profile-state.ts';
import type { RequestSubject } from '../model/request-subject.ts';
import type { ErasedKeys } from '../ports/erased-keys.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { eraseProfile } from './erase-profile.ts';
import { noteErasure } from './erasure-ledger.ts';
import { findPeople } from './find-people.ts';
import type { PrivacyJob } from './stored-job.ts';

export interface TombstoneTools {
  profiles: ProfileStore;
  erasedKeys: ErasedKeys;
  lake: Pick<ObjectStore, 'put' | 'get' | 'list'>;
  now: () => Date;
}

type Told = Pick<PrivacyJob, 'profileIds' | 'identifiersRefused'>;

/**
 * Puts tombstones in the place of everybody whom a request means. Before, what they are known by is kept as not to be
 * taken any more, and both are noted beside the table. A second time changes nothing.
 */
export const tombstonePeople = async (
  job: Pick<PrivacyJob, 'id' | 'type' | 'profileIds' | 'suppress'>,
  subject: RequestSubject,
  tools: TombstoneTools,
): Promise<Told> => {
  const found = await findPeople(subject, tools.profiles);
  const profileIds = new Set([...job.profileIds, ...found.flatMap(familyOf)]);
  const keys = new Set(subject.identifiers.map(matchKey));
  const keep = async (): Promise<void> => {
    const names = job.suppress ? await tools.erasedKeys.names([...keys]) : [];
    const at = tools.now().toISOString();
    await noteErasure({ requestId: job.id, at, profileIds: [...profileIds], names }, tools);
    await tools.erasedKeys.add(names);
  };
  await keep();
  for (const { id } of found) {
    await unlessGone(() =>
      eraseProfile(id, tools, {
        anonymised: job.type === 'anonymisation',
        before: async state => {
          for (const one of familyOf(state)) profileIds.add(one);
          for (const { key } of state.person.identifiers) keys.add(key);
          await keep();
        },
      }),
    );
  }
  return { profileIds: [...profileIds], identifiersRefused: job.suppress ? keys.size : 0 };
};

/** Somebody else was faster with the same. */
const unlessGone = async (erase: () => Promise<unknown>): Promise<void> => {
  try {
    await erase();
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.code !== 'NOT_FOUND') throw fault;
  }
};
