import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { passOf } from '../../../../core/engines/columns/passes.ts';
import type { ReadingLimits } from '../../../../core/ports/event-lake.ts';
import { QueryStopped, QueryTooSlow } from '../../../../core/ports/query-engine.ts';
import { type PassOrder, runPass } from './run-pass.ts';

type Answer = { sums: unknown } | { fault: string };

const role = 'packed columns';

/** This very file is the program of a thread, too: a bundle moves it about, and a thread always finds it. */
const serve = (): void => {
  parentPort?.on('message', (order: PassOrder) => {
    runPass(order).then(
      sums => parentPort?.postMessage({ sums } satisfies Answer),
      fault =>
        parentPort?.postMessage({ fault: fault instanceof Error ? fault.message : String(fault) } satisfies Answer),
    );
  });
};
if (!isMainThread && workerData?.role === role) serve();

/** What a thread of the pool begins with. */
export const passThread = { program: new URL(import.meta.url), workerData: { role } };

const startThread = (): Worker => new Worker(passThread.program, { workerData: passThread.workerData });

/** A few threads that add up parts, started on first use and kept. One question at a time. */
export class PassPool {
  readonly #size: number;
  readonly #start: () => Worker;
  #threads: Worker[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(size = availableParallelism(), start = startThread) {
    this.#size = size;
    this.#start = start;
  }

  /** Waiting for one's turn counts, too. @throws QueryTooSlow after so many seconds @throws QueryStopped by the signal */
  run(order: PassOrder, { budgetSeconds, signal }: ReadingLimits): Promise<unknown> {
    const until = budgetSeconds === undefined ? undefined : performance.now() + budgetSeconds * 1000;
    const answer = this.#last.then(() => {
      const left = until === undefined ? undefined : (until - performance.now()) / 1000;
      return this.#run(order, { budgetSeconds: left, signal });
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map(thread => thread.terminate()));
  }

  async #run({ name, plan, paths }: PassOrder, limits: ReadingLimits): Promise<unknown> {
    if (limits.signal?.aborted) throw new QueryStopped('nobody waits for the answer');
    if (limits.budgetSeconds !== undefined && limits.budgetSeconds <= 0) throw tooSlow();
    const size = Math.max(1, Math.min(this.#size, paths.length));
    while (this.#threads.length < size) {
      const thread = this.#start();
      thread.unref();
      this.#threads.push(thread);
    }
    const shares = this.#threads
      .slice(0, size)
      .map((thread, share) => ask(thread, { name, plan, paths: paths.filter((_, index) => index % size === share) }));
    const { merge } = passOf(name);
    try {
      return (await within(limits, Promise.all(shares))).reduce(merge);
    } catch (fault) {
      /** Whatever still runs is about a question that nobody waits for. */
      await this.close();
      throw fault;
    }
  }
}

const ask = (thread: Worker, order: PassOrder): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      thread.off('message', answered).off('error', failed).off('exit', ended);
      end();
    };
    const answered = (answer: Answer) =>
      settle(() => ('sums' in answer ? resolve(answer.sums) : reject(new Error(answer.fault))));
    const failed = (fault: unknown) => settle(() => reject(fault));
    const ended = () => settle(() => reject(new Error('a thread over packed columns ended')));
    thread.on('message', answered).on('error', failed).on('exit', ended);
    thread.postMessage(order);
  });

const tooSlow = (): QueryTooSlow => new QueryTooSlow('the pass took longer than it may');

const within = async <Result>({ budgetSeconds, signal }: ReadingLimits, work: Promise<Result>): Promise<Result> => {
  let stop: (why: Error) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  const unwanted = () => stop(new QueryStopped('nobody waits for the answer'));
  const timer = budgetSeconds === undefined ? undefined : setTimeout(() => stop(tooSlow()), budgetSeconds * 1000);
  signal?.addEventListener('abort', unwanted, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', unwanted);
  }
};
