import type { DeclaredFunction } from '../assembly/functions.ts';
import type { Log } from '../log.ts';
import type { Invocable, InvocationResult } from './invocation.ts';
import { invocationFacts } from './invocation-facts.ts';
import { lambdaContext } from './lambda-context.ts';
import { callHandler, type Handler, loadHandler } from './load-handler.ts';

/**
 * An API function in the main thread. Its environment is part of `process.env`. It cannot be ended at its timeout,
 * but its caller is answered then.
 */
export class MainFunction implements Invocable {
  readonly name: string;
  #declared: DeclaredFunction;
  #log: Log;
  #handler: Promise<Handler> | undefined;

  constructor(declared: DeclaredFunction, log: Log) {
    this.name = declared.name;
    this.#declared = declared;
    this.#log = log;
  }

  async invoke(event: unknown): Promise<InvocationResult> {
    const { codeDirectory, handler, logicalId } = this.#declared;
    const facts = invocationFacts(this.#declared);
    const { requestId } = facts;
    this.#handler ??= loadHandler(codeDirectory, handler);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<InvocationResult>(resolve => {
      timer = setTimeout(() => resolve({ requestId, kind: 'timedOut' }), facts.deadline - Date.now());
    });
    const answer = this.#handler
      .then(handle => callHandler(handle, event, lambdaContext(facts)))
      .then(
        (result): InvocationResult => ({
          requestId,
          kind: 'answered',
          json: JSON.stringify(result),
        }),
      )
      .catch((error: unknown): InvocationResult => {
        const known = error instanceof Error ? error : new Error(String(error));
        return { requestId, kind: 'failed', message: `${known.name}: ${known.message}`, stack: known.stack };
      });
    const result = await Promise.race([answer, late]);
    clearTimeout(timer);
    if (result.kind === 'timedOut') this.#log(`${logicalId}: timed out after ${this.#declared.timeoutSeconds} s`);
    if (result.kind === 'failed') this.#log(`${logicalId}: ${result.stack ?? result.message}`);
    return result;
  }
}
