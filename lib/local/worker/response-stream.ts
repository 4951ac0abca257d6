import { Writable } from 'node:stream';
import type { FromWorker } from './worker-messages.ts';

/** A stream a handler writes its answer to; each chunk waits until the receiver has taken it. */
export class ResponseStream extends Writable {
  /** Set by a handler that gives no `HttpResponseStream` metadata. */
  contentType: string | undefined;
  #send: (message: FromWorker) => void;
  #id: string;
  #taken: (() => void) | undefined;
  #headSent = false;

  constructor(id: string, send: (message: FromWorker) => void) {
    super({ decodeStrings: true });
    this.#id = id;
    this.#send = send;
  }

  setContentType(type: string): void {
    this.contentType = type;
  }

  /** Status, headers and cookies of the answer; they must come before the first chunk. */
  sendHead(metadata: unknown): void {
    this.#headSent = true;
    this.#send({ kind: 'head', id: this.#id, metadata: JSON.stringify(metadata) });
  }

  /** Called when the receiver has taken the last chunk. */
  drained(): void {
    const taken = this.#taken;
    this.#taken = undefined;
    taken?.();
  }

  #ensureHead(): void {
    if (!this.#headSent)
      this.sendHead({ statusCode: 200, headers: { 'content-type': this.contentType ?? 'application/octet-stream' } });
  }

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.#ensureHead();
    this.#taken = done;
    this.#send({ kind: 'chunk', id: this.#id, bytes });
  }

  override _final(done: () => void): void {
    this.#ensureHead();
    this.#send({ kind: 'end', id: this.#id });
    done();
  }
}

const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');

type StreamHandler = (event: unknown, stream: ResponseStream, context: unknown) => unknown;

/** The handler as it was given to `streamifyResponse`, if it was. */
export const streamHandlerOf = (handler: unknown): StreamHandler | undefined =>
  (handler as { [streaming]?: unknown })[streaming] === 'response' ? (handler as StreamHandler) : undefined;

/** The global `awslambda` which the Lambda runtime provides to streaming handlers. */
export const awslambda = {
  streamifyResponse: (handler: StreamHandler): StreamHandler => Object.assign(handler, { [streaming]: 'response' }),
  HttpResponseStream: {
    from: (stream: ResponseStream, metadata: unknown): ResponseStream => {
      stream.sendHead(metadata);
      return stream;
    },
  },
};
