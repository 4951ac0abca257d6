import type { Invocable, InvocationResult } from './invocation.ts';

/**
 * One function in as many threads as it is invoked at once: as in Lambda, an invocation has its thread to itself, so
 * that one which times out takes no other with it. Threads are started when they are first needed.
 */
export class FunctionLanes implements Invocable {
  readonly name: string;
  #open: (index: number) => Invocable;
  #idle: Invocable[] = [];
  #opened = 0;

  constructor(name: string, open: (index: number) => Invocable) {
    this.name = name;
    this.#open = open;
  }

  async invoke(event: unknown): Promise<InvocationResult> {
    const lane = this.#idle.pop() ?? this.#open(this.#opened++);
    try {
      return await lane.invoke(event);
    } finally {
      this.#idle.push(lane);
    }
  }
}
