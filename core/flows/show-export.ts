import { notFound } from '../errors.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { FileFormat } from '../model/import-spec.ts';
import { seesAsMuch } from '../model/sees-as-much.ts';
import type { Collection } from '../ports/collection.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { downloadOf } from './show-import.ts';
import type { StoredJob } from './stored-job.ts';

interface ShowTools {
  jobs: Collection<StoredJob>;
  transfers: ObjectStore;
  now: () => Date;
}

const endings: Record<FileFormat, string> = { csv: 'csv', jsonl: 'jsonl.gz' };

/** An export as it is answered. Its file is for those who may see as much as whoever asked for it. */
export const showExport = async (id: string, policy: FieldPolicy, tools: ShowTools) => {
  const job = await tools.jobs.get(id);
  if (job?.kind !== 'export') throw notFound('Export', id);
  const { spec, file, rows, status, progress, error, createdAt, updatedAt } = job;
  const mayHave = file !== undefined && seesAsMuch(policy, spec.fieldPolicy);
  const name = `${spec.kind}-${id}.${endings[spec.format]}`;
  const download = mayHave ? await downloadOf(file.key, name, tools) : undefined;
  return {
    ...{ id, kind: spec.kind, format: spec.format, status, progress, rows, createdAt, updatedAt },
    ...(file === undefined ? {} : { sizeBytes: file.sizeBytes }),
    ...(error === undefined ? {} : { error }),
    ...download,
  };
};
