/** Something that happened: `at` is an ISO 8601 time in UTC, `id` tells apart what happened at the same time. */
export interface Moment {
  at: string;
  id: string;
}

export interface MomentPage<M extends Moment> {
  items: M[];
  /** Absent on the last page. */
  nextCursor?: string;
}

const cursorOf = ({ at, id }: Moment): string => `${at}#${id}`;

/**
 * One page of what happened, newest first. The cursor is the place of the last one shown, so that what happens
 * meanwhile moves no page.
 */
export const newestFirst = <M extends Moment>(moments: readonly M[], limit: number, cursor?: string): MomentPage<M> => {
  const placed = moments
    .map(moment => ({ moment, place: cursorOf(moment) }))
    .filter(({ place }) => cursor === undefined || place < cursor)
    .sort((left, right) => (left.place < right.place ? 1 : -1));
  const shown = placed.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ moment }) => moment),
    ...(last && placed.length > limit ? { nextCursor: last.place } : {}),
  };
};
