import { onTestFinished, vi } from 'vitest';
import { explainFailure } from '../../bin/explain-failure.ts';
import { openProgram } from '../../bin/program.ts';

export interface ProgramResult {
  /** 0 where the command set none. */
  code: number;
  stdout: string;
  /** What was thrown, as it is explained to the user. */
  stderr: string;
}

/** Runs `cdp …` within this thread: much faster than a process of its own, the same but for signals and usage errors. */
export const runProgram = async (args: readonly string[], stateDirectory: string): Promise<ProgramResult> => {
  vi.stubEnv('CDP_STATE_DIR', stateDirectory);
  vi.stubEnv('CDP_KEY', undefined);
  vi.stubEnv('CDP_ADMIN_KEY', undefined);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    vi.unstubAllEnvs();
    log.mockRestore();
    process.exitCode = undefined;
  });
  process.exitCode = undefined;
  const thrown = await openProgram()
    .parseAsync(args, { from: 'user' })
    .then(() => undefined, explainFailure);
  const stdout = log.mock.calls.map(([line]) => `${line}\n`).join('');
  log.mockClear();
  return { code: thrown === undefined ? Number(process.exitCode ?? 0) : 1, stdout, stderr: thrown ?? '' };
};
