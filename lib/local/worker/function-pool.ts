import type { DeclaredFunction } from '../assembly/functions.ts';
import type { Resource } from '../assembly/stack.ts';
import type { Log } from '../log.ts';
import { functionEnvironment, type SharedEnvironment, sharedVariables } from './function-environment.ts';
import type { Invocable } from './invocation.ts';
import { MainFunction } from './main-function.ts';
import { mergeEnvironments } from './merge-environments.ts';
import { ThreadedFunction } from './threaded-function.ts';

/** All functions of the running system: API functions in the main thread, everything else in threads. */
export class FunctionPool {
  #declare: (resource: Resource) => DeclaredFunction;
  #shared: SharedEnvironment;
  #log: Log;
  #inMain = new Map<string, { declared: DeclaredFunction; invocable: Invocable }>();
  #threads = new Map<string, ThreadedFunction>();

  constructor(declare: (resource: Resource) => DeclaredFunction, shared: SharedEnvironment, log: Log) {
    this.#declare = declare;
    this.#shared = shared;
    this.#log = log;
  }

  /** What the template declares about a function. */
  declared(resource: Resource): DeclaredFunction {
    return this.#declare(resource);
  }

  /** A function behind a route: in the main thread, unless a layer asks for a thread. */
  apiFunction(resource: Resource): Invocable {
    const known = this.#inMain.get(resource.id);
    if (known) return known.invocable;
    const declared = this.#declare(resource);
    if (declared.layers.length > 0) return this.threaded(resource, 'api');
    const invocable = new MainFunction(declared, this.#log);
    this.#inMain.set(resource.id, { declared, invocable });
    return invocable;
  }

  /** A thread for this function and use; the same use gets the same thread. */
  threaded(resource: Resource, use: string): ThreadedFunction {
    const key = `${resource.id} ${use}`;
    const known = this.#threads.get(key);
    if (known) return known;
    const declared = this.#declare(resource);
    const thread = new ThreadedFunction(declared, functionEnvironment(declared, this.#shared), this.#log);
    this.#threads.set(key, thread);
    return thread;
  }

  /** Puts the environment of all API functions into `process.env`; answers how to take it out again. */
  shareEnvironment(): () => void {
    const merged = {
      ...sharedVariables(this.#shared),
      ...mergeEnvironments([...this.#inMain.values()].map(({ declared }) => declared)),
    };
    const before = Object.keys(merged).map(name => [name, process.env[name]] as const);
    Object.assign(process.env, merged);
    return () => {
      for (const [name, value] of before)
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    };
  }

  /** Ends all threads. */
  async stop(): Promise<void> {
    await Promise.all([...this.#threads.values()].map(thread => thread.stop()));
  }
}
