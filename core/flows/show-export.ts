import { notFound } from '../errors.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { FileFormat } from '../model/import-spec.ts';
import { seesAsMuch } from '../model/sees-as-much.ts';
import type { Collection } from '../ports/collection.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { downloadOf } from './show-import.ts';
import type { ExportJob, QuestionJob, StoredJob } from './stored-job.ts';

interface ShowTools {
  jobs: Collection<StoredJob>;
  transfers: ObjectStore;
  now: () => Date;
}

const endings: Record<FileFormat | 'json', string> = { csv: 'csv', jsonl: 'jsonl.gz', json: 'json' };

/** What there is to download, and who may see it. */
const wareOf = (job: ExportJob | QuestionJob) =>
  job.kind === 'export'
    ? { kind: job.spec.kind, format: job.spec.format, fieldPolicy: job.spec.fieldPolicy }
    : { kind: 'answer' as const, format: 'json' as const, fieldPolicy: job.question.fieldPolicy };

/** An export as it is answered. Its file is for those who may see as much as whoever asked for it. */
export const showExport = async (id: string, policy: FieldPolicy, tools: ShowTools) => {
  const job = await tools.jobs.get(id);
  if (job?.kind !== 'export' && job?.kind !== 'question') throw notFound('Export', id);
  const { file, rows, status, progress, error, createdAt, updatedAt } = job;
  const { kind, format, fieldPolicy } = wareOf(job);
  const mayHave = file !== undefined && seesAsMuch(policy, fieldPolicy);
  const download = mayHave ? await downloadOf(file.key, `${kind}-${id}.${endings[format]}`, tools) : undefined;
  return {
    ...{ id, kind, format, status, progress, rows, createdAt, updatedAt },
    ...(file === undefined ? {} : { sizeBytes: file.sizeBytes }),
    ...(error === undefined ? {} : { error }),
    ...download,
  };
};
