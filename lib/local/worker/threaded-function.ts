import { Worker } from 'node:worker_threads';
import type { DeclaredFunction } from '../assembly/functions.ts';
import type { Log } from '../log.ts';
import type { Invocable, InvocationResult } from './invocation.ts';
import { invocationFacts } from './invocation-facts.ts';
import { threadProgram } from './thread-program.ts';
import type { FromWorker, ToWorker, WorkerOrder } from './worker-messages.ts';

/** Receives the pieces of a streamed answer. `chunk` resolves when the piece has been taken. */
export interface StreamReceiver {
  head(metadata: { statusCode?: number; headers?: Record<string, string>; cookies?: string[] }): void;
  chunk(bytes: Uint8Array): Promise<void>;
  end(): void;
}

type Ending = { kind: 'answered'; json: string | undefined } | { kind: 'failed'; message: string; stack?: string };

interface Pending {
  settle(ending: Ending): void;
  receiver?: StreamReceiver;
}

/** A thread and the invocations it has not answered yet. */
interface Thread {
  worker: Worker;
  pending: Map<string, Pending>;
}

/**
 * A function in a thread of its own with its own environment. An invocation that outlives the function's timeout ends
 * the thread; the next invocation starts a fresh one. It answers several invocations at a time when asked to.
 */
export class ThreadedFunction implements Invocable {
  readonly name: string;
  #declared: DeclaredFunction;
  #environment: Record<string, string>;
  #log: Log;
  #thread: Promise<Thread> | undefined;

  constructor(declared: DeclaredFunction, environment: Record<string, string>, log: Log) {
    this.name = declared.name;
    this.#declared = declared;
    this.#environment = environment;
    this.#log = log;
  }

  #running(): Promise<Thread> {
    this.#thread ??= this.#start();
    return this.#thread;
  }

  async #start(): Promise<Thread> {
    const { codeDirectory, handler, layers, logicalId } = this.#declared;
    const order: WorkerOrder = { codeDirectory, handler, layers };
    const worker = new Worker(await threadProgram(), {
      eval: true,
      workerData: order,
      env: this.#environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      name: logicalId,
    });
    const thread: Thread = { worker, pending: new Map() };
    for (const stream of [worker.stdout, worker.stderr])
      stream.on('data', (bytes: Buffer) => {
        for (const line of bytes.toString().split('\n')) if (line) this.#log(`${logicalId}: ${line}`);
      });
    worker.on('message', (message: FromWorker) => received(thread, message));
    worker.on('error', error => this.#ended(thread, `${error.name}: ${error.message}`));
    worker.on('exit', () => this.#ended(thread, 'Runtime exited'));
    return thread;
  }

  /** The next invocation finds a fresh thread, if it has not done so already. */
  #ended(thread: Thread, message: string): void {
    void this.#thread?.then(current => {
      if (current === thread) this.#thread = undefined;
    });
    for (const { settle } of thread.pending.values()) settle({ kind: 'failed', message });
    thread.pending.clear();
  }

  /** Invokes the function; a streaming handler's answer goes to the receiver piece by piece. */
  async invoke(event: unknown, receiver?: StreamReceiver): Promise<InvocationResult> {
    const thread = await this.#running();
    const facts = invocationFacts(this.#declared);
    const { requestId } = facts;
    const result = await new Promise<InvocationResult>(resolve => {
      const timer = setTimeout(() => resolve({ requestId, kind: 'timedOut' }), facts.deadline - Date.now());
      const settle = (ending: Ending): void => {
        clearTimeout(timer);
        resolve({ requestId, ...ending });
      };
      thread.pending.set(requestId, { settle, receiver });
      const message: ToWorker = { kind: 'invoke', id: requestId, event: JSON.stringify(event), facts };
      thread.worker.postMessage(message);
    });
    thread.pending.delete(requestId);
    if (result.kind === 'timedOut') await thread.worker.terminate();
    this.#report(result);
    return result;
  }

  #report(result: InvocationResult): void {
    const { logicalId, timeoutSeconds } = this.#declared;
    if (result.kind === 'timedOut') this.#log(`${logicalId}: ${result.requestId} timed out after ${timeoutSeconds} s`);
    if (result.kind === 'failed') this.#log(`${logicalId}: ${result.stack ?? result.message}`);
  }

  /** Ends the thread, whatever it is doing. */
  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await (await thread)?.worker.terminate();
  }
}

const received = ({ worker, pending }: Thread, message: FromWorker): void => {
  const waiting = pending.get(message.id);
  if (!waiting) return;
  const { settle, receiver } = waiting;
  if (message.kind === 'answered') settle({ kind: 'answered', json: message.json });
  if (message.kind === 'failed') settle({ kind: 'failed', message: message.message, stack: message.stack });
  if (message.kind === 'head') receiver?.head(JSON.parse(message.metadata));
  if (message.kind === 'end') receiver?.end();
  if (message.kind === 'chunk') {
    const drained: ToWorker = { kind: 'drained', id: message.id };
    void (receiver?.chunk(message.bytes) ?? Promise.resolve()).then(() => worker.postMessage(drained));
  }
};
