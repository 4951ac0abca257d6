import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ScheduleOrder, ScheduleResult } from './schedule-program.ts';

const program = join(import.meta.dirname, 'schedule-program.ts');

/** What a process answers to an order. @throws Error when it ends instead */
const answered = (child: ChildProcess, order: ScheduleOrder): Promise<ScheduleResult> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`schedule ${order.seed} ended its process with ${code}`));
    child.once('exit', ended);
    child.once('message', (result: ScheduleResult) => {
      child.off('exit', ended);
      resolve(result);
    });
    child.send(order);
  });

/** Processes that run schedules, one for each processor. */
export class ScheduleRunners {
  readonly #children = Array.from({ length: availableParallelism() }, () =>
    fork(program, { execArgv: ['--import', 'tsx'] }),
  );

  /** Runs schedules until all are through, or enough is known. Results stand in the order of their seeds. */
  async run(
    seeds: readonly number[],
    control: string | undefined,
    isEnough: (results: readonly ScheduleResult[]) => boolean = () => false,
  ): Promise<ScheduleResult[]> {
    const results: ScheduleResult[] = [];
    const left = [...seeds];
    const work = async (child: ChildProcess) => {
      for (let seed = left.shift(); seed !== undefined && !isEnough(results); seed = left.shift()) {
        results.push(await answered(child, { seed, control }));
      }
    };
    await Promise.all(this.#children.map(work));
    return results.toSorted((one, other) => one.seed - other.seed);
  }

  close(): void {
    for (const child of this.#children) child.kill();
  }
}
