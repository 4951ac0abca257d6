import type { FakeStore } from './fake-store.ts';

const list = '_marks';

/** What is the matter with a place at a platform, such as `gone`, `471` or `tooSmall`, as a test has it. */
export const markOf = (place: string, store: FakeStore): string | undefined => {
  const mark = store.list(list).get(place)?.mark;
  return mark === undefined ? undefined : String(mark);
};

export const setMark = (place: string, mark: string | undefined, store: FakeStore): void => {
  if (mark === undefined) store.remove(list, [place]);
  else store.put(list, [[place, { mark }]]);
};
