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

interface Pending {
  settle(result: InvocationResult): void;
  receiver?: StreamReceiver;
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
  #worker: Promise<Worker> | undefined;
  #pending = new Map<string, Pending>();

  constructor(declared: DeclaredFunction, environment: Record<string, string>, log: Log) {
    this.name = declared.name;
    this.#declared = declared;
    this.#environment = environment;
    this.#log = log;
  }

  /** Starts the thread, so that the first invocation need not wait for the handler to load. */
  async warm(): Promise<void> {
    await this.#running();
  }

  #running(): Promise<Worker> {
    this.#worker ??= this.#start();
    return this.#worker;
  }

  async #start(): Promise<Worker> {
    const { codeDirectory, handler, layers } = this.#declared;
    const order: WorkerOrder = { codeDirectory, handler, layers };
    const worker = new Worker(await threadProgram(), {
      workerData: order,
      env: this.#environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      name: this.#declared.logicalId,
    });
    for (const stream of [worker.stdout, worker.stderr])
      stream.on('data', (bytes: Buffer) => {
        for (const line of bytes.toString().split('\n')) if (line) this.#log(`${this.#declared.logicalId}: ${line}`);
      });
    worker.on('message', (message: FromWorker) => this.#received(worker, message));
    worker.on('error', error => this.#failAll(`${error.name}: ${error.message}`));
    worker.on('exit', () => this.#failAll('Runtime exited'));
    return worker;
  }

  #received(worker: Worker, message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.kind === 'answered') pending.settle({ kind: 'answered', json: message.json });
    if (message.kind === 'failed') pending.settle({ kind: 'failed', message: message.message, stack: message.stack });
    if (message.kind === 'head') pending.receiver?.head(JSON.parse(message.metadata));
    if (message.kind === 'end') pending.receiver?.end();
    if (message.kind === 'chunk') {
      const drained: ToWorker = { kind: 'drained', id: message.id };
      const taken = pending.receiver?.chunk(message.bytes) ?? Promise.resolve();
      void taken.then(() => worker.postMessage(drained));
    }
  }

  #failAll(message: string): void {
    this.#worker = undefined;
    for (const pending of [...this.#pending.values()]) pending.settle({ kind: 'failed', message });
  }

  /** Invokes the function; a streaming handler's answer goes to the receiver piece by piece. */
  async invoke(event: unknown, receiver?: StreamReceiver): Promise<InvocationResult> {
    const worker = await this.#running();
    const facts = invocationFacts(this.#declared);
    const result = await new Promise<InvocationResult>(resolve => {
      const timer = setTimeout(() => resolve({ kind: 'timedOut' }), facts.deadline - Date.now());
      const settle = (settled: InvocationResult): void => {
        clearTimeout(timer);
        resolve(settled);
      };
      this.#pending.set(facts.requestId, { settle, receiver });
      const message: ToWorker = { kind: 'invoke', id: facts.requestId, event: JSON.stringify(event), facts };
      worker.postMessage(message);
    });
    this.#pending.delete(facts.requestId);
    if (result.kind === 'timedOut') await this.stop();
    this.#report(facts.requestId, result);
    return result;
  }

  #report(requestId: string, result: InvocationResult): void {
    if (result.kind === 'timedOut')
      this.#log(`${this.#declared.logicalId}: ${requestId} timed out after ${this.#declared.timeoutSeconds} s`);
    if (result.kind === 'failed') this.#log(`${this.#declared.logicalId}: ${result.stack ?? result.message}`);
  }

  /** Ends the thread, whatever it is doing. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await (await worker)?.terminate();
  }
}
