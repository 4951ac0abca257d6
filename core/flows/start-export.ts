import { isColumn } from '../engines/exports/export-columns.ts';
import { notFound, unprocessable } from '../errors.ts';
import type { ExportSpec } from '../model/export-spec.ts';
import type { Collection, Document } from '../ports/collection.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { checkFilter, type FilterTools } from './check-filter.ts';
import { type ExportJob, newWork, type StoredJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

interface StartTools extends FilterTools {
  jobs: Collection<StoredJob>;
  segments: Collection<Document>;
  newId: (prefix: string) => string;
  now: () => Date;
}

/** What happens while it is written is not in it. A range without a beginning begins where time does. */
const rangeUntil = (end: number, { from, until = end }: ExportSpec) => ({
  from: from === undefined ? undefined : Math.max(0, from),
  until: Math.min(until, end),
});

/**
 * Makes the job that writes an export; its work begins with what follows from its commit.
 *
 * @throws Problem `NOT_FOUND` for a segment that is not there @throws Problem `VALIDATION_FAILED` for an unknown field
 */
export const startExport = async (spec: ExportSpec, tools: StartTools): Promise<ExportJob> => {
  const { kind, segmentId, rules } = spec;
  if (rules) await checkFilter(rules, tools);
  if (segmentId !== undefined && !(await tools.segments.get(segmentId))) throw notFound('Segment', segmentId);
  checkFields(spec);
  const now = tools.now();
  const range = spec.kind === 'events' ? rangeUntil(now.getTime() + 1, spec) : {};
  const work = newWork(tools.newId('job'), segmentId ?? kind, [onlyPart], now.toISOString());
  const progress = { done: 0, total: listPartitions };
  const job: ExportJob = { ...work, kind: 'export', progress, spec: { ...spec, ...range }, parts: [], rows: 0 };
  await tools.jobs.add(job);
  return job;
};

/** @throws Problem `VALIDATION_FAILED` for a field that there is not */
export const checkFields = ({ kind, fields = [] }: Pick<ExportSpec, 'kind' | 'fields'>): void => {
  for (const [index, field] of fields.entries()) {
    if (!isColumn(kind, field)) throw unprocessable(`body.fields.${index}`, `is no field of ${kind}`);
  }
};
