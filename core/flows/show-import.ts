import { notFound } from '../errors.ts';
import type { FieldPolicy } from '../model/caller.ts';
import { seesAsMuch } from '../model/sees-as-much.ts';
import type { Collection } from '../ports/collection.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { errorFileKey } from './import-keys.ts';
import type { ImportJob, StoredJob } from './stored-job.ts';

interface ShowTools {
  jobs: Collection<StoredJob>;
  transfers: ObjectStore;
  now: () => Date;
}

/** An address under which a file can be had, and until when (ISO 8601). */
export interface Download {
  url: string;
  expiresAt: string;
}

const downloadSeconds = 15 * 60;

export const downloadOf = async (
  key: string,
  fileName: string,
  { transfers, now }: Pick<ShowTools, 'transfers' | 'now'>,
): Promise<Download | undefined> => {
  if (!(await transfers.facts(key))) return undefined;
  const expiresAt = new Date(now().getTime() + downloadSeconds * 1000).toISOString();
  return { url: await transfers.downloadUrl(key, downloadSeconds, fileName), expiresAt };
};

const showsAll: FieldPolicy = {};

/** An import as it is answered. The file of its errors holds whole rows: it is for those who may see all of them. */
export const showImport = async (id: string, policy: FieldPolicy, tools: ShowTools) => {
  const job = await tools.jobs.get(id);
  if (job?.kind !== 'import') throw notFound('Import', id);
  const { spec, tally, begun, status, progress, error, createdAt, updatedAt } = job;
  const { errors, firstWarning, ...counts } = tally;
  const errorFile = seesAsMuch(policy, showsAll) ? await errorFileOf(job, tools) : undefined;
  return {
    ...{ id, ...spec, status, progress, counts, errors, createdAt, updatedAt },
    ...(firstWarning === undefined ? {} : { firstWarning }),
    ...(begun === undefined ? {} : { begunAt: new Date(begun.at).toISOString() }),
    ...(error === undefined ? {} : { error }),
    ...(errorFile === undefined ? {} : { errorFile }),
  };
};

const errorFileOf = ({ id, status, spec, tally }: ImportJob, tools: ShowTools): Promise<Download | undefined> =>
  status === 'completed' && tally.rejected > 0
    ? downloadOf(errorFileKey(id), `${id}.errors.${spec.format}`, tools)
    : Promise.resolve(undefined);
