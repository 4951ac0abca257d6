import type { Paged } from '../ports/collection.ts';
import type { MemberPage, MembershipStore } from '../ports/membership-store.ts';
import { instantText, wasIn } from './stays-at.ts';

/** Where a member stands in the list: who entered last is first. */
const placeOf = ({ enteredAt, profileId }: MemberPage['members'][number]): string => `${enteredAt}#${profileId}`;

/** One page of those who were members at an instant, and how many they were. */
export const membersAt = async (
  segmentId: string,
  asOf: string,
  { limit, cursor, offset = 0 }: Paged,
  memberships: Pick<MembershipStore, 'enteredBetween' | 'exitedSince'>,
): Promise<MemberPage & { total: number }> => {
  const at = instantText(asOf);
  const [still, left] = await Promise.all([
    memberships.enteredBetween(segmentId, undefined, at),
    memberships.exitedSince(segmentId, at),
  ]);
  const all = [...still, ...left.filter(stay => wasIn(stay, at))].sort((one, other) =>
    placeOf(one) < placeOf(other) ? 1 : -1,
  );
  const behind = cursor === undefined ? all : all.filter(member => placeOf(member) < cursor);
  const shown = behind.slice(offset, offset + limit);
  const last = shown.at(-1);
  const members = shown.map(({ profileId, enteredAt }) => ({ profileId, enteredAt }));
  const more = behind.length > offset + limit && last ? { next: placeOf(last) } : {};
  return { members, total: all.length, ...more };
};
