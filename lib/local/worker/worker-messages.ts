import type { InvocationFacts } from './lambda-context.ts';

/** What a function's thread is started with. */
export interface WorkerOrder {
  codeDirectory: string;
  handler: string;
  layers: string[];
}

/** Sent to the thread. */
export type ToWorker =
  | { kind: 'invoke'; id: string; event: string; facts: InvocationFacts }
  | { kind: 'drained'; id: string };

/** Sent by the thread. `head`, `chunk` and `end` belong to a streamed answer. */
export type FromWorker =
  | { kind: 'answered'; id: string; json: string | undefined }
  | { kind: 'failed'; id: string; message: string; stack?: string }
  | { kind: 'head'; id: string; metadata: string }
  | { kind: 'chunk'; id: string; bytes: Uint8Array }
  | { kind: 'end'; id: string };
