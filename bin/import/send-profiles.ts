import type { Client } from '../../core/contract/client.ts';
import type { NewProfile } from '../../core/contract/profiles.ts';
import type { MappedRow } from '../../core/engines/imports/row.ts';
import { rowErrorOf } from '../../core/engines/imports/row-error-of.ts';
import { addTallies, emptyTally, type Tally } from '../../core/engines/imports/tally.ts';
import { profileKeys } from '../../core/flows/profile-keys.ts';
import { inOrderOfKeys } from '../../core/model/in-order-of-keys.ts';
import { rowId } from './import-id.ts';
import { isRefusal } from './row-refusal.ts';
import type { Retrying, Send } from './send.ts';

interface Options {
  importId: string;
  /** Who says so. */
  source?: string | undefined;
  lanes: number;
  retrying: Retrying;
}

const accepted: Tally = { ...emptyTally, accepted: 1 };

/**
 * Creates or updates a profile per row, several at a time; rows that may be of the same person go one after the other,
 * so that the last one in the file has the last word.
 */
export const sendProfiles = (client: Client, { importId, source, lanes, retrying }: Options): Send => {
  const sendOne = async ({ row, body }: MappedRow): Promise<Tally> => {
    const headers = { 'idempotency-key': rowId(importId, row.number) };
    // The body is judged by the platform, row by row; a cast costs nothing that its answer does not tell.
    const request = { query: { onConflict: 'upsert' as const, source }, body: body as NewProfile };
    try {
      await retrying(signal => client.createProfile(request, { headers, signal }));
      return accepted;
    } catch (failure) {
      if (!isRefusal(failure)) throw failure;
      return { ...emptyTally, errors: [rowErrorOf(row, failure)] };
    }
  };
  return async rows =>
    (await inOrderOfKeys(rows, { lanes, keysOf: ({ body }) => profileKeys(body), run: sendOne })).reduce(
      addTallies,
      emptyTally,
    );
};
