import { ImportFault } from '../engines/imports/import-fault.ts';
import { checkSpec } from '../engines/imports/spec-plan.ts';
import { Problem } from '../errors.ts';
import type { ImportSpec } from '../model/import-spec.ts';
import { emptyImportTally } from '../model/import-tally.ts';
import type { Collection } from '../ports/collection.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { uploadKey } from './import-keys.ts';
import { type ImportJob, newWork, type StoredJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

interface CreateTools {
  jobs: Collection<StoredJob>;
  transfers: ObjectStore;
  newId: (prefix: string) => string;
  now: () => Date;
}

export interface CreatedImport {
  jobId: string;
  uploadUrl: string;
  /** ISO 8601. */
  uploadExpiresAt: string;
}

const uploadSeconds = 3600;

const checkFields = (spec: ImportSpec): void => {
  try {
    checkSpec(spec);
  } catch (fault) {
    if (!(fault instanceof ImportFault)) throw fault;
    const path = ['body', 'mapping', ...(fault.field === undefined ? [] : [fault.field])].join('.');
    throw new Problem('VALIDATION_FAILED', `${path}: ${fault.message}`, [{ path, reason: fault.message }]);
  }
};

/** Makes an import that waits for its file. @throws Problem `VALIDATION_FAILED` for a mapping that cannot be meant */
export const createImport = async (spec: ImportSpec, tools: CreateTools): Promise<CreatedImport> => {
  checkFields(spec);
  const now = tools.now();
  const work = newWork(tools.newId('job'), spec.kind, [onlyPart], now.toISOString());
  const progress = { done: 0, total: 0 };
  const job: ImportJob = { ...work, kind: 'import', status: 'waiting', progress, spec, tally: emptyImportTally };
  await tools.jobs.add(job);
  return {
    jobId: job.id,
    uploadUrl: await tools.transfers.uploadUrl(uploadKey(job.id), uploadSeconds),
    uploadExpiresAt: new Date(now.getTime() + uploadSeconds * 1000).toISOString(),
  };
};
