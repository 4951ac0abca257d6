import { createReadStream, createWriteStream } from 'node:fs';
import { relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../core/contract/client.ts';
import { CliError } from '../cli-error.ts';
import { showProgress } from './show-progress.ts';

type Told = Awaited<ReturnType<Client['getImport']>>;

export interface UploadRequest {
  file: string;
  sizeBytes: number;
  body: Parameters<Client['createImport']>[0]['body'];
  /** By which the platform knows the import if it comes again; absent: this is another one. */
  key?: string | undefined;
  /** Where the rows go that were not taken. */
  errorFile: string;
}

const pollMilliseconds = 250;
const ended: readonly Told['status'][] = ['completed', 'failed', 'cancelled'];

const put = async (url: string, { file, sizeBytes }: UploadRequest): Promise<void> => {
  const body = Readable.toWeb(createReadStream(file));
  const headers = { 'content-length': String(sizeBytes) };
  const answer = await fetch(url, { method: 'PUT', headers, body, duplex: 'half' });
  if (!answer.ok) throw new CliError(`The file could not be uploaded: ${answer.status} ${await answer.text()}`);
};

const save = async (url: string, path: string): Promise<void> => {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new CliError(`The rows that were not taken cannot be had: ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body as ReadableStream<Uint8Array>), createWriteStream(path));
};

const counted = (count: number): string => count.toLocaleString('en-US');

const lineOf = ({ progress, counts }: Told): string =>
  `${counted(progress.done)} of ${counted(progress.total)} bytes, ${counted(counts.read)} rows` +
  (counts.rejected > 0 ? `, ${counted(counts.rejected)} rejected` : '');

/** Follows an import to its end, and shows how far it is. */
const follow = async (client: Client, id: string, sizeBytes: number, took: () => string): Promise<Told> => {
  const display = showProgress({ total: sizeBytes, done: 0, message: `The platform works off import ${id}` });
  for (;;) {
    const told = await client.getImport({ params: { id } });
    if (ended.includes(told.status)) {
      display.end(`${lineOf(told)} in ${took()}`);
      return told;
    }
    display.update(told.progress.done, lineOf(told));
    await pause(pollMilliseconds);
  }
};

const shownErrors = 3;

/** What a file has come to, in a few lines. */
const summaryOf = ({ counts, errors, dryRun, firstWarning }: Told, errorFile: string): string[] => {
  const { read, accepted, duplicates, rejected, warnings } = counts;
  return [
    `${counted(read)} rows read: ${counted(accepted)} accepted, ${counted(duplicates)} duplicates, ${counted(rejected)} rejected.`,
    ...errors.slice(0, shownErrors).map(({ row, path, reason }) => `  row ${row}, ${path}: ${reason}`),
    ...(rejected > 0 ? [`Rows that were not taken are in ${relative('', errorFile)}, with the reason.`] : []),
    ...(warnings > 0 ? [`${counted(warnings)} remarks on rows that were taken; the first: ${firstWarning}.`] : []),
    ...(dryRun ? ['Nothing was changed.'] : []),
  ];
};

type Made = Awaited<ReturnType<Client['createImport']>> & Pick<Told, 'status'>;

/** The import of the same file that is under way or done, or else a new one. */
const make = async (client: Client, { body, key }: UploadRequest): Promise<Made> => {
  if (key !== undefined) {
    const made = await client.createImport({ body }, { headers: { 'idempotency-key': key } });
    const { status } = await client.getImport({ params: { id: made.jobId } });
    const isOpen = status === 'waiting' && Date.parse(made.uploadExpiresAt) > Date.now();
    if (isOpen || status === 'running' || status === 'completed') return { ...made, status };
  }
  return { ...(await client.createImport({ body })), status: 'waiting' };
};

/** Has the platform import a file by itself: uploads it, begins it and follows it to its end. @throws CliError */
export const uploadFile = async (client: Client, request: UploadRequest): Promise<Told> => {
  const began = performance.now();
  const took = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const { jobId, uploadUrl, status } = await make(client, request);
  if (status === 'waiting') {
    await put(uploadUrl, request);
    console.log(`Uploaded ${counted(request.sizeBytes)} bytes in ${took()}`);
    await client.startImport({ params: { id: jobId } });
  } else console.log(`The platform has this file already, as import ${jobId}; --fresh imports it once more.`);
  const told = await follow(client, jobId, request.sizeBytes, took);
  if (told.status !== 'completed')
    throw new CliError(`The import is ${told.status}: ${told.error ?? 'no reason given'}`);
  if (told.errorFile) await save(told.errorFile.url, request.errorFile);
  for (const line of summaryOf(told, request.errorFile)) console.log(line);
  return told;
};
