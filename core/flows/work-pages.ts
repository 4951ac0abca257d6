/** Well below what a worker of pages may take, so that there is time for the last page and for passing on the rest. */
const workSeconds = 20;

/**
 * Works page by page while there is time: `work` takes the place of a page and returns that of the next. Returns the
 * place at which to go on, or `undefined` after the last page.
 */
export const workPages = async (
  start: string | undefined,
  now: () => Date,
  work: (after: string | undefined) => Promise<string | undefined>,
): Promise<string | undefined> => {
  const until = now().getTime() + workSeconds * 1000;
  let place = await work(start);
  while (place !== undefined && now().getTime() < until) place = await work(place);
  return place;
};
