import type { WhileWanted } from '../../core/ports/while-wanted.ts';

/** Asks every so often whether the outcome is still wanted. */
export const whileWanted =
  (everyMilliseconds: number): WhileWanted =>
  async (isWanted, work) => {
    const ending = new AbortController();
    let [asking, over] = [Promise.resolve(), false];
    const ask = async () => {
      if (!over && !(await isWanted())) ending.abort();
    };
    const timer = setInterval(() => {
      asking = asking.then(ask);
      asking.catch(() => ending.abort());
    }, everyMilliseconds);
    try {
      return await work(ending.signal);
    } finally {
      over = true;
      clearInterval(timer);
    }
  };
