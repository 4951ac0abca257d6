import type { ProfileStore } from '../ports/profile-store.ts';

/** A chain of merges is pressed flat with every merge; a longer one is a loop. */
const hopsMax = 10;

/** Who has the events of each of these profiles now; whoever was erased, or is not there, is missing. */
export const survivorsOf = async (
  ids: readonly string[],
  profiles: Pick<ProfileStore, 'getMany'>,
): Promise<Map<string, string>> => {
  const survivors = new Map(ids.map(id => [id, id]));
  let asked = [...new Set(ids)];
  for (let hop = 0; hop < hopsMax && asked.length > 0; hop += 1) {
    const states = await profiles.getMany(asked);
    const moved = new Set<string>();
    for (const [id, now] of survivors) {
      if (!asked.includes(now)) continue;
      const head = states.get(now)?.head;
      if (head?.life === 'live') continue;
      if (head?.life !== 'merged' || head.mergedInto === undefined) survivors.delete(id);
      else {
        survivors.set(id, head.mergedInto);
        moved.add(head.mergedInto);
      }
    }
    asked = [...moved];
  }
  return survivors;
};
