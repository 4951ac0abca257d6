import * as z from 'zod';

/** What a replay has come to so far. */
export const ReplayTally = z.object({
  /** Events of the archive in the range, of the types that were asked for. */
  found: z.number().int(),
  /** Put on the event stream, or to be put there where nothing was to be changed. */
  replayed: z.number().int(),
  /** Of people who were erased: nobody can read them. */
  erased: z.number().int(),
  /** Whose memberships were to be decided again. */
  profiles: z.number().int(),
  /** `replayed` by type; of more types than are told apart the rest is left out. */
  byType: z.record(z.string(), z.number().int()),
});
export type ReplayTally = z.output<typeof ReplayTally>;

const typesMax = 100;

export const emptyReplayTally: ReplayTally = { found: 0, replayed: 0, erased: 0, profiles: 0, byType: {} };

export const addReplayTallies = (one: ReplayTally, other: ReplayTally): ReplayTally => {
  const byType = new Map(Object.entries(one.byType));
  for (const [type, count] of Object.entries(other.byType)) {
    if (byType.has(type) || byType.size < typesMax) byType.set(type, (byType.get(type) ?? 0) + count);
  }
  return {
    found: one.found + other.found,
    replayed: one.replayed + other.replayed,
    erased: one.erased + other.erased,
    profiles: one.profiles + other.profiles,
    byType: Object.fromEntries(byType),
  };
};
