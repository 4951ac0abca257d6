import { changeDocument } from './change-document.ts';
import { uploadKey } from './import-keys.ts';
import { startImport } from './start-import.ts';
import type { ImportJob, StoredJob } from './stored-job.ts';

type Tools = Parameters<typeof startImport>[1];

const waitSecondsMax = 24 * 3600;

const isWaiting = (job: StoredJob): job is ImportJob => job.kind === 'import' && job.status === 'waiting';

/**
 * Begins imports whose file is there although nobody has said so, and gives up those that have waited for a day. A file
 * is there when the whole of it is. Returns how many were begun.
 */
export const startUploaded = async (tools: Tools): Promise<number> => {
  let begun = 0;
  for (const job of (await tools.jobs.all()).filter(isWaiting)) {
    if (await tools.transfers.facts(uploadKey(job.id))) {
      await startImport(job.id, tools);
      begun += 1;
    } else if (tools.now().getTime() - Date.parse(job.createdAt) > waitSecondsMax * 1000) await giveUp(job.id, tools);
  }
  return begun;
};

const giveUp = async (id: string, { jobs, now }: Tools): Promise<void> => {
  await changeDocument('Job', id, jobs, job =>
    isWaiting(job)
      ? {
          ...job,
          status: 'cancelled' as const,
          error: 'no file was uploaded within a day',
          updatedAt: now().toISOString(),
        }
      : job,
  );
};
