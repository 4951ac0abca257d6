/** Runs `work` on every element, at most `lanes` at a time, and rejects with the first error once all lanes have ended. */
export const inLanes = async <Element>(
  list: Element[],
  lanes: number,
  work: (element: Element) => Promise<void>,
): Promise<void> => {
  const rest = list.values();
  const lane = async () => {
    for (const element of rest) await work(element);
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(lanes, list.length) }, lane));
  const failed = ends.find(end => end.status === 'rejected');
  if (failed) throw failed.reason;
};
