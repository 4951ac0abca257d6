/** How an invocation of a function ended. Results are JSON text, as they are on the wire of Lambda. */
export type InvocationResult = { requestId: string } & (
  | { kind: 'answered'; json: string | undefined }
  | { kind: 'failed'; message: string; stack?: string }
  | { kind: 'timedOut' }
);

/** A function that can be invoked; each invocation ends within the function's timeout. */
export interface Invocable {
  name: string;
  invoke(event: unknown): Promise<InvocationResult>;
}
