import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

export type StreamAnswer = (event: APIGatewayProxyEventV2, stream: Writable, context: Context) => Promise<void>;

/** Status and headers of an answer that is told piece by piece. */
export interface AnswerHead {
  statusCode: number;
  headers: Record<string, string>;
}

/** What the runtime of Lambda gives to functions that stream. */
interface StreamingRuntime {
  streamifyResponse(answer: StreamAnswer): StreamAnswer;
  HttpResponseStream: { from(stream: Writable, head: AnswerHead): Writable };
}

const runtime = (): StreamingRuntime => (globalThis as unknown as { awslambda: StreamingRuntime }).awslambda;

/** Marks a handler as one that streams. */
export const streamified = (answer: StreamAnswer): StreamAnswer => runtime().streamifyResponse(answer);

export const openAnswer = (stream: Writable, head: AnswerHead): Writable =>
  runtime().HttpResponseStream.from(stream, head);

const textHeaders = (headers: APIGatewayProxyStructuredResultV2['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** Whoever an answer is told to. */
export interface Listener {
  /** Waits, or less long where nobody listens any more. */
  pause: (milliseconds: number) => Promise<void>;
  isHeard: () => boolean;
}

export const listenerOf = (stream: Writable): Listener => {
  const closed = new AbortController();
  stream.once('close', () => closed.abort()).once('error', () => closed.abort());
  const { signal } = closed;
  return {
    isHeard: () => !signal.aborted,
    pause: milliseconds => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
  };
};

/** Tells a whole answer at once. */
export const tellWhole = (
  { statusCode = 200, headers, body = '' }: APIGatewayProxyStructuredResultV2,
  stream: Writable,
): void => {
  openAnswer(stream, { statusCode, headers: textHeaders(headers) }).end(body);
};

/** Tells texts as they come, no faster than they are taken, until there are no more or nobody listens. */
export const tellTexts = async (texts: AsyncIterable<string>, stream: Writable): Promise<void> => {
  for await (const text of texts) {
    if (stream.destroyed) return;
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  }
  stream.end();
};
