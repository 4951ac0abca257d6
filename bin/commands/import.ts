import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { Plan } from '../../core/engines/imports/import-plan.ts';
import { CliError } from '../cli-error.ts';
import { type Connection, openConnection, stateDirectory } from '../connection.ts';
import { explainFailure } from '../explain-failure.ts';
import { checkAnswering } from '../import/check-answering.ts';
import { importIdOf, uploadIdOf } from '../import/import-id.ts';
import {
  addImportOptions,
  checkFile,
  errorFileOf,
  type ImportOptions,
  type SentKind,
  sentKindOf,
} from '../import/import-options.ts';
import { noKeeper, noProgress, type ProgressKeeper, progressFile, rowsDone } from '../import/import-progress.ts';
import { judgeRows } from '../import/judge-rows.ts';
import { openSender, type Sender } from '../import/open-sender.ts';
import { readPlan } from '../import/read-plan.ts';
import { formatOf } from '../import/read-rows.ts';
import { runImport } from '../import/run-import.ts';
import { showProgress } from '../import/show-progress.ts';
import { showWaiting } from '../import/show-waiting.ts';
import { stopOnInterrupt } from '../import/stop-signal.ts';
import { progressLine, summaryOf } from '../import/summary.ts';
import { type FileSurvey, surveyFile } from '../import/survey-file.ts';
import { uploadFile } from '../import/upload-file.ts';
import { uploadSpec } from '../import/upload-spec.ts';
import { Stopped } from '../import/with-retries.ts';

/** Small enough for the API's 4 MiB with ids and brackets added. */
const batchBytesMax = 3.5 * 1024 * 1024;

interface Prepared {
  file: string;
  survey: FileSurvey;
  plan: Plan;
  importId: string;
  errorFile: string;
}

const prepare = async (file: string, options: ImportOptions): Promise<Prepared> => {
  checkFile(file);
  const errorFile = errorFileOf(file, formatOf(file), options.errors);
  const survey = await surveyFile(file);
  const plan = readPlan(options, survey.columns);
  return { file, survey, plan, errorFile, importId: importIdOf(survey.contentHash, plan) };
};

interface Way {
  sender: Sender;
  keeper: ProgressKeeper;
  connection?: Connection;
}

const dryWay = (kind: SentKind): Way => ({
  sender: { send: judgeRows[kind], batchesAtOnce: 1 },
  keeper: noKeeper,
});

const openWay = async (
  { plan, importId }: Prepared,
  { concurrency, retries }: ImportOptions,
  command: Command,
  stop: AbortSignal,
): Promise<Way> => {
  const connection = openConnection(command);
  await checkAnswering(connection.client);
  return {
    connection,
    sender: openSender(connection.client, plan, { importId, concurrency, retries, stop }),
    keeper: progressFile(stateDirectory(), importId),
  };
};

const goOn = 'Nothing is lost: run the same command again to send the rest.';

/** Sends what is to be sent and shows it; answers what it came to and whether it came to its end. */
const send = async (prepared: Prepared, way: Way, options: ImportOptions, stop: AbortSignal) => {
  const { file, survey, plan, errorFile } = prepared;
  const place = { url: way.connection?.url ?? '', errorFile };
  const start = options.fresh ? noProgress(place) : way.keeper.read(place);
  let progress = start;
  const line = (): string => progressLine(rowsDone(progress), survey.rows, progress);
  const before = rowsDone(start) > 0 ? ` (${line()} sent by an earlier run)` : '';
  const message = `${options.dryRun ? 'Judging' : 'Importing'} ${survey.rows.toLocaleString('en-US')} rows${before}`;
  const display = showProgress({ total: survey.rows, done: rowsDone(start), message });
  const onProgress = (reached: typeof progress): void => {
    progress = reached;
    display.update(rowsDone(progress), line());
  };
  const began = performance.now();
  const lastLine = (): string => `${line()} in ${((performance.now() - began) / 1000).toFixed(1)} s`;
  const limits = { rowsMax: options.batch, bytesMax: batchBytesMax };
  try {
    await runImport({ ...way, file, columns: survey.columns, plan, limits, stop, start, onProgress });
    display.end(lastLine());
  } catch (failure) {
    display.end(lastLine());
    if (!(failure instanceof Stopped)) throw new CliError(`${explainFailure(failure)}\n${goOn}`);
  }
  return { progress, complete: rowsDone(progress) === survey.rows };
};

/** The platform reads the file by itself; what it does not take is put beside the file. */
const upload = async (file: string, options: ImportOptions, command: Command): Promise<void> => {
  const { survey, errorFile } = await prepare(file, options);
  const { client } = openConnection(command);
  await checkAnswering(client);
  const body = uploadSpec(file, options, survey.columns);
  const key = options.dryRun || options.fresh ? undefined : uploadIdOf(survey.contentHash, body);
  const { counts } = await uploadFile(client, { file, sizeBytes: statSync(file).size, body, key, errorFile });
  if (!options.dryRun && options.wait !== false && counts.accepted > 0) {
    await showWaiting(client, options.wait, new AbortController().signal);
  }
  if (counts.rejected > 0 && !options.allowErrors) process.exitCode = 1;
};

const importFile = async (file: string, options: ImportOptions, command: Command): Promise<void> => {
  if (options.upload) return upload(file, options, command);
  const kind = sentKindOf(options);
  const prepared = await prepare(file, options);
  const { stop, release } = stopOnInterrupt();
  try {
    const way = options.dryRun ? dryWay(kind) : await openWay(prepared, options, command, stop);
    const { progress, complete } = await send(prepared, way, options, stop);
    if (!complete) {
      console.log(`Stopped at ${progressLine(rowsDone(progress), prepared.survey.rows, progress)}. ${goOn}`);
      process.exitCode = 130;
      return;
    }
    way.keeper.remove();
    if (way.connection && options.wait !== false && progress.accepted > 0) {
      await showWaiting(way.connection.client, options.wait, stop);
    }
    console.log(summaryOf(prepared.survey.rows, progress));
    if (options.dryRun) console.log('Nothing was sent.');
    if (progress.rejected > 0 && !options.allowErrors) process.exitCode = 1;
  } finally {
    release();
  }
};

const examples = `
Examples:
  cdp import purchases.csv --as events --type purchase \\
    --map customerId=customerId --map timestamp=date,properties.amount=amount
  cdp import people.csv --as profiles --map email=mail,firstName=first,customFields.plan=plan
  cdp import newsletter.csv --as consents --map email=mail --map consent.email=subscribed
  cdp import newsletter.csv --as consents --map email=mail --set consent.email=true
  cdp import people.csv --as profiles --upload --dry-run --map customerId=id,firstName=first

Of two things called email, \`email\` is who it is and \`consent.email\` is what was agreed to.
`;

/** `cdp import`. */
export const addImportCommand = (program: Command): void => {
  const command = program.command('import').description('import profiles, events or consents from a file');
  addImportOptions(command).addHelpText('after', examples).action(importFile);
};
