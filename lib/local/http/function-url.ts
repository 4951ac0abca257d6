import type { ServerResponse } from 'node:http';
import type { DeclaredResource } from '../assembly/system.ts';
import { mapOf } from '../assembly/template.ts';
import type { StreamReceiver, ThreadedFunction } from '../worker/threaded-function.ts';
import { type Cors, corsOf, preflight, withCors } from './cors.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from './http-request.ts';
import { answerOf, lambdaEvent, type RequestPlace } from './payload-v2.ts';
import { writeAnswer } from './write-answer.ts';

/** Writes a streamed answer as it comes; a caller that goes away does not hold the handler up. */
const receiver = (response: ServerResponse, cors: (headers: Record<string, string>) => Record<string, string>) => {
  const streamed: StreamReceiver = {
    head: ({ statusCode = 200, headers = {}, cookies = [] }) => {
      response.writeHead(statusCode, { ...cors(headers), ...(cookies.length > 0 && { 'set-cookie': cookies }) });
      response.flushHeaders();
    },
    chunk: bytes =>
      new Promise(resolve => {
        if (response.destroyed || response.write(bytes)) resolve();
        else response.once('drain', resolve).once('close', () => resolve());
      }),
    end: () => {
      response.end();
    },
  };
  return streamed;
};

/** A function with an address of its own, buffered or streaming. */
export class FunctionUrl {
  #streams: boolean;
  #function: ThreadedFunction;
  #cors: Cors | undefined;
  #place: Omit<RequestPlace, 'domainName'>;

  constructor(url: DeclaredResource, invoked: ThreadedFunction, accountId: string) {
    this.#streams = url.properties.InvokeMode === 'RESPONSE_STREAM';
    this.#function = invoked;
    this.#cors = corsOf(url.properties.Cors ? mapOf(url.properties.Cors) : undefined);
    this.#place = { accountId, apiId: url.logicalId, stage: '$default', routeKey: '$default', pathParameters: {} };
  }

  /** Answers a request into the response. */
  async answer(request: HttpRequest, response: ServerResponse): Promise<void> {
    const early = this.#cors && preflight(this.#cors, request);
    if (early) return writeAnswer(response, request, early);
    const event = lambdaEvent(request, { ...this.#place, domainName: request.headers.host ?? '' });
    if (!this.#streams) return writeAnswer(response, request, this.#crossed(request, await this.#buffered(event)));
    const headers = (own: Record<string, string>) =>
      this.#crossed(request, { status: 200, headers: own, cookies: [], body: Buffer.alloc(0) }).headers;
    const result = await this.#function.invoke(event, receiver(response, headers));
    if (result.kind === 'answered') return;
    if (response.headersSent) response.destroy();
    else writeAnswer(response, request, jsonAnswer(502, { message: 'Internal Server Error' }));
  }

  #crossed(request: HttpRequest, answer: HttpAnswer): HttpAnswer {
    return this.#cors ? withCors(this.#cors, request, answer) : answer;
  }

  async #buffered(event: unknown): Promise<HttpAnswer> {
    const result = await this.#function.invoke(event);
    if (result.kind !== 'answered') return jsonAnswer(502, { message: 'Internal Server Error' });
    return answerOf(result.json === undefined ? undefined : JSON.parse(result.json));
  }
}
