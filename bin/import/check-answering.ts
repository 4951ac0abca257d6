import { ApiError } from '../../core/contract/api-error.ts';
import type { Client } from '../../core/contract/client.ts';

/** Makes sure that something answers before retries begin. @throws what `fetch` throws where nothing does */
export const checkAnswering = async (client: Client): Promise<void> => {
  try {
    await client.health();
  } catch (failure) {
    // Whoever answers with an error is there; the import itself will tell whether it helps to try again.
    if (!(failure instanceof ApiError)) throw failure;
  }
};
