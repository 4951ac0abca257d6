import { notFound, Problem } from '../errors.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { changeDocument } from './change-document.ts';
import { uploadKey } from './import-keys.ts';
import type { ImportJob, JobTools, StoredJob } from './stored-job.ts';

interface StartTools extends JobTools {
  transfers: ObjectStore;
}

/**
 * Begins an import whose file is there; its work begins with what follows from this commit. Whoever begins it again
 * changes nothing.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` where the file is not there, or the import was cancelled
 */
export const startImport = async (id: string, { jobs, transfers, now }: StartTools): Promise<ImportJob> => {
  const found = await jobs.get(id);
  if (found?.kind !== 'import') throw notFound('Import', id);
  const file = await transfers.facts(uploadKey(id));
  const job = await changeDocument('Import', id, jobs, (standing): StoredJob => {
    if (standing.kind !== 'import' || standing.begun) return standing;
    if (standing.status !== 'waiting') throw new Problem('CONFLICT', `Import ${id} is ${standing.status}`);
    if (!file) throw new Problem('CONFLICT', `Import ${id} has no file yet: put it to its uploadUrl first`);
    const at = now();
    return {
      ...standing,
      status: 'running',
      begun: { at: at.getTime(), etag: file.etag, sizeBytes: file.sizeBytes },
      progress: { done: 0, total: file.sizeBytes },
      updatedAt: at.toISOString(),
    };
  });
  return job as ImportJob;
};
