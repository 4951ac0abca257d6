import type { Plan } from '../../core/engines/imports/import-plan.ts';
import { mapRow } from '../../core/engines/imports/map-row.ts';
import { type BatchLimits, batchesOf } from './batches.ts';
import { openErrorFile } from './error-file.ts';
import { addToProgress, type ImportProgress, isDone, type ProgressKeeper } from './import-progress.ts';
import type { Sender } from './open-sender.ts';
import { formatOf, readRows } from './read-rows.ts';
import { runBatches } from './run-batches.ts';

export interface ImportRun {
  file: string;
  columns: readonly string[];
  plan: Plan;
  sender: Sender;
  limits: BatchLimits;
  stop: AbortSignal;
  /** What an earlier run has come to. */
  start: ImportProgress;
  keeper: ProgressKeeper;
  onProgress: (progress: ImportProgress) => void;
}

/**
 * Sends the rows of a file that no earlier run has sent. Whatever is answered is kept at once, errors first, so that an
 * end at any moment costs no more than sending some rows again.
 */
export const runImport = async (run: ImportRun): Promise<void> => {
  const { file, columns, plan, sender, limits, stop, start, keeper, onProgress } = run;
  let progress = start;
  const errors = openErrorFile(start.errorFile, { format: formatOf(file), columns, keepBytes: start.errorBytes });
  const batches = batchesOf(
    readRows(file),
    row => mapRow(row, plan),
    limits,
    row => isDone(start, row),
  );
  await runBatches(batches, {
    lanes: sender.batchesAtOnce,
    stop,
    send: sender.send,
    onDone: (batch, tally) => {
      errors.append(tally.errors);
      progress = { ...addToProgress(progress, batch, tally), errorBytes: errors.size() };
      keeper.write(progress);
      onProgress(progress);
    },
  });
};
