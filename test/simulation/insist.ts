import { Problem } from '../../core/errors.ts';

/** Goes on until it has worked; what the faulty table and lost races throw is what retries are for. */
export const insist = async (run: () => Promise<unknown>): Promise<void> => {
  let last: unknown;
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      await run();
      return;
    } catch (fault) {
      if (fault instanceof Problem && fault.code === 'NOT_FOUND') return;
      last = fault;
    }
  }
  throw new Error('it never worked', { cause: last });
};
