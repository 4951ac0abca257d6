import { unprocessable } from '../errors.ts';
import { SearchPlace } from '../model/profile-search.ts';

/** Where a page has ended, as text; it tells no more than the last one on the page. */
export const searchCursor = ({ sort, value, id }: SearchPlace): string => JSON.stringify([sort, value, id]);

/** @throws Problem `VALIDATION_FAILED` for what is no place in this order */
export const placeIn = (cursor: string, sort: SearchPlace['sort']): SearchPlace => {
  const place = SearchPlace.safeParse(membersOf(cursor));
  if (!place.success || place.data.sort !== sort) throw unprocessable('body.cursor', 'is no cursor of this search');
  return place.data;
};

const membersOf = (cursor: string): unknown => {
  try {
    const [sort, value, id] = JSON.parse(cursor) as unknown[];
    return { sort, value, id };
  } catch (fault) {
    if (fault instanceof SyntaxError || fault instanceof TypeError) return undefined;
    throw fault;
  }
};
