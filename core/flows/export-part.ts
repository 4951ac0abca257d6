import type { exportPart as ExportPart, MessageBody } from '../contract/messages.ts';
import { usualColumns } from '../engines/exports/export-columns.ts';
import { exportRow } from '../engines/exports/export-row.ts';
import type { ExportFiles, ExportRow } from '../ports/export-files.ts';
import type { Queue } from '../ports/outlets.ts';
import { type ExportSources, exportReaders } from './export-rows.ts';
import type { ExportJob, JobTools } from './stored-job.ts';
import { type StepOutcome, workStep } from './work-step.ts';

type Message = MessageBody<typeof ExportPart>;

export interface ExportPartTools extends ExportSources, JobTools {
  exportFiles: ExportFiles;
  newId: (prefix: string) => string;
  queues: { exportPart: Queue<Message> };
}

/** Well below what a worker may take, and what fits into its memory. */
const [workSeconds, partRowsMax] = [20, 20_000];
/** The last step: parts become one file. */
const joining = 'join';

/** Writes a part of an export, for as long as there is time; the next message goes on from there. */
export const exportPart = (message: Message, tools: ExportPartTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  const work = (job: ExportJob, start: string) => (start === joining ? join(job, tools) : write(job, start, tools));
  return workStep('export', message, work, { jobs, now, queue: queues.exportPart });
};

const columnsOf = ({ spec }: ExportJob): readonly string[] => spec.fields ?? usualColumns[spec.kind];

/** What a platform takes is a row already. */
const rowOf = (job: ExportJob, document: Readonly<Record<string, unknown>>): ExportRow =>
  job.spec.platform === undefined ? exportRow(document, columnsOf(job), job.spec.format) : document;

/** A part has a name of its own for each try: what another try has left behind is named by nobody. */
const write = async (job: ExportJob, start: string, tools: ExportPartTools): Promise<StepOutcome<ExportJob>> => {
  const { spec } = job;
  const until = tools.now().getTime() + workSeconds * 1000;
  const rows: ExportRow[] = [];
  let place: string | undefined = start;
  do {
    const page = await exportReaders[spec.kind](spec, place, tools);
    for (const document of page.documents) rows.push(rowOf(job, document));
    place = page.next;
  } while (place !== undefined && rows.length < partRowsMax && tools.now().getTime() < until);
  const told = rows.length === 0 ? {} : await putPart(job, rows, tools);
  return { next: place ?? joining, told: { ...told, progress: progressAt(job, place) } };
};

const putPart = async (job: ExportJob, rows: readonly ExportRow[], { exportFiles, newId }: ExportPartTools) => {
  const key = `exports/${job.id}/parts/${newId('part')}`;
  await exportFiles.putPart(key, job.spec.format, rows);
  return { parts: [...job.parts, key], rows: job.rows + rows.length };
};

/** Of people, the partitions that are done. */
const progressAt = ({ spec, progress }: ExportJob, place: string | undefined) =>
  spec.kind === 'events' || place === undefined ? progress : { ...progress, done: Number(place.split(' ', 1)[0]) };

const join = async (job: ExportJob, { exportFiles }: ExportPartTools): Promise<StepOutcome<ExportJob>> => {
  const key = `exports/${job.id}/${job.spec.kind}`;
  const sizeBytes = await exportFiles.join(key, job.spec.format, columnsOf(job), job.parts);
  return { next: undefined, told: { file: { key, sizeBytes } } };
};
