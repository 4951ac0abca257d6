import type { ErasedKeys } from '../ports/erased-keys.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { listPartitions, type ProfileStore } from '../ports/profile-store.ts';
import { eraseProfile } from './erase-profile.ts';
import { notedErasures } from './erasure-ledger.ts';

export interface EraseAgainTools {
  profiles: ProfileStore;
  erasedKeys: ErasedKeys;
  lake: Pick<ObjectStore, 'put' | 'get' | 'list'>;
  now: () => Date;
}

const pageSize = 200;

/**
 * Erases again whoever was erased and is there all the same, because the table was restored to how it was before; what
 * follows from it sweeps them as the first time. `whole`: also whoever has one of the identifiers that are not taken any
 * more, which takes a look at everybody. Returns how many were erased.
 */
export const eraseAgain = async (tools: EraseAgainTools, whole = false): Promise<number> => {
  const barred = new Set<string>();
  let erased = 0;
  for await (const { profileIds, names, allowed } of notedErasures(tools)) {
    for (const name of names) barred.add(name);
    for (const name of allowed) barred.delete(name);
    for (const id of profileIds) if (await eraseLive(id, tools)) erased += 1;
  }
  await tools.erasedKeys.add([...barred]);
  return whole ? erased + (await eraseBarred(tools)) : erased;
};

const eraseLive = async (id: string, tools: EraseAgainTools): Promise<boolean> => {
  if ((await tools.profiles.get(id))?.head.life !== 'live') return false;
  await eraseProfile(id, tools);
  return true;
};

/** Everybody who is known by what is not taken any more. */
const eraseBarred = async (tools: EraseAgainTools): Promise<number> => {
  let erased = 0;
  for (let partition = 0; partition < listPartitions; partition += 1) {
    let after: string | undefined;
    do {
      const page = await tools.profiles.listPartition(partition, pageSize, after);
      const states = [...(await tools.profiles.getMany(page.ids)).values()];
      const found = await tools.erasedKeys.among(
        states.flatMap(({ person }) => person.identifiers.map(({ key }) => key)),
      );
      for (const { id, person } of states)
        if (person.identifiers.some(({ key }) => found.has(key)) && (await eraseLive(id, tools))) erased += 1;
      after = page.next;
    } while (after !== undefined);
  }
  return erased;
};
