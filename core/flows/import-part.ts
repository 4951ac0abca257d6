import type { importPart as ImportPart, MessageBody } from '../contract/messages.ts';
import { errorWriters } from '../engines/imports/error-lines.ts';
import { ImportFault } from '../engines/imports/import-fault.ts';
import type { RowAt } from '../engines/imports/read-csv-rows.ts';
import type { MappedRow, RowError } from '../engines/imports/row.ts';
import type { ImportKind } from '../model/import-spec.ts';
import { addTaken, type ImportTally } from '../model/import-tally.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Queue } from '../ports/outlets.ts';
import { importEvents } from './import-events.ts';
import { errorFileKey, errorPartKey, errorPartsPrefix, uploadKey } from './import-keys.ts';
import { importProfiles } from './import-profiles.ts';
import type { BegunImport, ImportTools, TakeRows } from './import-rows.ts';
import { importSuppressions } from './import-suppressions.ts';
import { type FilePlace, openUpload, type Upload } from './open-upload.ts';
import { rehearseProfiles } from './rehearse-profiles.ts';
import type { ImportJob, JobTools } from './stored-job.ts';
import { failJob, type StepOutcome, workStep } from './work-step.ts';

type Message = MessageBody<typeof ImportPart>;

interface PageTools extends ImportTools {
  transfers: ObjectStore;
}

export interface ImportPartTools extends PageTools, JobTools {
  queues: { importPart: Queue<Message> };
}

/** Well below what a worker may take. Pages are the same whenever they are read: each begins where one has ended. */
const [workSeconds, pageRows] = [20, 500];

const takers: Record<ImportKind, TakeRows> = {
  profiles: importProfiles,
  events: importEvents,
  consents: importEvents,
  suppressions: importSuppressions,
};

/** Imports rows of a file, for as long as there is time; the next message goes on from there. */
export const importPart = async (message: Message, tools: ImportPartTools): Promise<void> => {
  try {
    const { jobs, now, queues } = tools;
    const work = (job: ImportJob, start: string) => importStep(job, start, tools);
    await workStep('import', message, work, { jobs, now, queue: queues.importPart });
  } catch (fault) {
    if (!(fault instanceof ImportFault)) throw fault;
    await failJob(message.jobId, fault.message, tools);
  }
};

const readPlace = (start: string): FilePlace => {
  const [offset = 0, rows = 0] = start === '' ? [] : start.split(' ').map(Number);
  return { offset, rows };
};

/** The file must be the one that the import began with. */
const begunWith = async (job: ImportJob, transfers: ObjectStore): Promise<BegunImport> => {
  const { begun } = job;
  if (!begun) throw new Error(`import ${job.id} runs without having begun`);
  const file = await transfers.facts(uploadKey(job.id));
  if (!file) throw new ImportFault('The file is gone.');
  if (file.etag !== begun.etag) throw new ImportFault('The file was replaced while it was read.');
  return { ...job, begun };
};

const importStep = async (job: ImportJob, start: string, tools: ImportPartTools): Promise<StepOutcome<ImportJob>> => {
  const begun = await begunWith(job, tools.transfers);
  const { spec } = job;
  const upload = await openUpload(uploadKey(job.id), begun.begun.sizeBytes, spec, tools.transfers);
  const work = spec.dryRun ? rehearsing(tools) : tools;
  const until = tools.now().getTime() + workSeconds * 1000;
  let { tally } = job;
  let place = readPlace(start);
  for await (const page of pagesOf(upload.rows(place))) {
    tally = await importPage(page, place.offset, { job: begun, upload, tally }, work);
    place = { offset: page.at(-1)?.end ?? place.offset, rows: page.at(-1)?.number ?? place.rows };
    if (tools.now().getTime() >= until) {
      const progress = { ...job.progress, done: place.offset };
      return { next: `${place.offset} ${place.rows}`, told: { tally, progress } };
    }
  }
  await joinErrors(begun, upload, tally, tools.transfers);
  return { next: undefined, told: { tally } };
};

/** The same, with nothing written to profiles. */
const rehearsing = (tools: PageTools): PageTools => {
  const { profiles, suppressions, erasedKeys, events, trackingPlan, transfers, newId, nextEventId, now } = tools;
  const rehearsed = { ...profiles, ...rehearseProfiles(profiles) };
  return { profiles: rehearsed, suppressions, erasedKeys, events, trackingPlan, transfers, newId, nextEventId, now };
};

async function* pagesOf(rows: AsyncGenerator<RowAt>): AsyncGenerator<RowAt[]> {
  let page: RowAt[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < pageRows) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

interface Run {
  job: BegunImport;
  upload: Upload;
  tally: ImportTally;
}

const importPage = async (
  page: readonly RowAt[],
  offset: number,
  { job, upload, tally }: Run,
  tools: PageTools,
): Promise<ImportTally> => {
  const mapped = page.map(({ end: _end, ...row }) => upload.map(row));
  const good = mapped.filter((one): one is MappedRow => 'body' in one);
  const broken = mapped.filter((one): one is RowError => 'reason' in one);
  const taken = good.length > 0 ? await takers[job.spec.kind](good, job, tools) : undefined;
  const errors = [...broken, ...(taken?.errors ?? [])].sort((left, right) => left.row.number - right.row.number);
  if (errors.length > 0) await keepErrors(errors, errorPartKey(job.id, offset), upload, job, tools.transfers);
  return addTaken(tally, {
    accepted: taken?.accepted ?? 0,
    duplicates: taken?.duplicates ?? 0,
    warnings: taken?.warnings ?? [],
    errors: errors.map(({ row, path, reason }) => ({ row: row.number, path, reason })),
  });
};

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const keepErrors = async (
  errors: readonly RowError[],
  key: string,
  { columns }: Upload,
  { spec }: BegunImport,
  transfers: ObjectStore,
): Promise<void> => {
  const { lineOf } = errorWriters[spec.format](columns);
  await transfers.put(key, encode(errors.map(lineOf).join('')));
};

/** All rows that were not taken, in one file of the format that they came in. */
const joinErrors = async (
  { id, spec }: BegunImport,
  { columns }: Upload,
  { rejected }: ImportTally,
  transfers: ObjectStore,
): Promise<void> => {
  if (rejected === 0) return;
  const { header } = errorWriters[spec.format](columns);
  const contentType = spec.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
  await transfers.write(errorFileKey(id), wholeFile(header, errorPartsPrefix(id), transfers), { contentType });
};

async function* wholeFile(header: string, prefix: string, transfers: ObjectStore): AsyncGenerator<Uint8Array> {
  if (header !== '') yield encode(header);
  for await (const { key } of transfers.list(prefix)) {
    const part = await transfers.read(key);
    if (part) yield* part;
  }
}
