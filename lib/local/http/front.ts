import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Resource } from '../assembly/stack.ts';
import type { System } from '../assembly/system.ts';
import { LocalError } from '../local-error.ts';
import type { Log } from '../log.ts';
import { siteAnswer, withSession } from '../site.ts';
import type { ThreadedFunction } from '../worker/threaded-function.ts';
import { type Behaviour, readBehaviours } from './behaviours.ts';
import { FunctionUrl } from './function-url.ts';
import { type FunctionOf, HttpApi } from './http-api.ts';
import { BodyTooLarge, type HttpAnswer, type HttpRequest, jsonAnswer, readRequest } from './http-request.ts';
import { StaticSite } from './static-site.ts';
import { writeAnswer } from './write-answer.ts';

const bodyBytesMax = 10 * 1024 * 1024;

/** What the front needs to know. */
export interface FrontOptions {
  system: System;
  accountId: string;
  apiFunction: FunctionOf;
  urlFunction: (resource: Resource) => ThreadedFunction;
  log: Log;
}

type Answering = (request: HttpRequest, response: ServerResponse) => Promise<void>;

const byResource = <Kind>(system: System, type: string, make: (resource: Resource) => Kind): Map<string, Kind> =>
  new Map(system.resources.filter(one => one.type === type).map(resource => [resource.id, make(resource)]));

/** The one HTTP door of the local system: site routes, function URLs, then what the distribution says. */
export class Front {
  #options: FrontOptions;
  #apis: Map<string, HttpApi>;
  #urls: Map<string, FunctionUrl>;
  #urlsByName: Map<string, FunctionUrl>;
  #sites: Map<string, StaticSite>;
  #behaviours: Behaviour[];
  #server: Server | undefined;

  constructor(options: FrontOptions) {
    const { system, accountId, apiFunction, urlFunction } = options;
    this.#options = options;
    this.#apis = byResource(
      system,
      'AWS::ApiGatewayV2::Api',
      api => new HttpApi(system, system.declared(api), apiFunction, accountId),
    );
    this.#urlsByName = new Map();
    this.#urls = byResource(system, 'AWS::Lambda::Url', url => {
      const target = system.referred(url, url.declaration.Properties?.TargetFunctionArn, 'AWS::Lambda::Function');
      if (!target) throw new LocalError(`${url.id} points at no function of the synthesised app.`);
      const mounted = new FunctionUrl(system.declared(url), urlFunction(target), accountId);
      this.#urlsByName.set(url.logicalId, mounted).set(target.logicalId, mounted);
      return mounted;
    });
    this.#sites = byResource(system, 'AWS::S3::Bucket', ({ id }) => new StaticSite(system, id));
    this.#behaviours = readBehaviours(system);
  }

  /** Opens the port on the loopback interface. */
  listen(port: number): Promise<void> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => this.#fail(request, response, error));
    });
    server.keepAliveTimeout = 65_000;
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'EADDRINUSE' ? new LocalError(`Port ${port} is in use. Set PORT to another one.`) : error,
        ),
      );
      server.listen(port, '127.0.0.1', () => resolve());
    });
  }

  /** Takes no more requests, lets running ones end for a second, then cuts them off. */
  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    const closed = new Promise(resolve => server.close(resolve));
    server.closeIdleConnections();
    const timer = setTimeout(() => server.closeAllConnections(), 1000);
    await closed;
    clearTimeout(timer);
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, bodyBytesMax);
    const local = siteAnswer(request);
    if (local) return writeAnswer(response, request, local);
    const session = withSession(request);
    if ('status' in session) return writeAnswer(response, request, session);
    await this.#choose(session.path)(session, response);
  }

  #choose(path: string): Answering {
    const [, name, rest] = /^\/_url\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    const named = this.#urlsByName.get(name ?? '');
    if (named) return (request, response) => named.answer({ ...request, path: rest ?? '/' }, response);
    const behaviour = this.#behaviours.find(({ matches }) => matches(path));
    if (!behaviour) return this.#api([...this.#apis.values()][0]);
    const { id } = behaviour.origin;
    const url = this.#urls.get(id);
    const site = this.#sites.get(id);
    const answering = url
      ? url.answer.bind(url)
      : site
        ? siteAnswering(site, behaviour)
        : this.#api(this.#apis.get(id), behaviour);
    return async (request, response) => {
      const seen = behaviour.atEdge(request);
      if ('status' in seen) return writeAnswer(response, request, seen);
      return answering({ ...seen, headers: { ...seen.headers, ...behaviour.headers } }, response);
    };
  }

  #api(api: HttpApi | undefined, behaviour?: Behaviour): Answering {
    return async (request, response) => {
      const proto = { 'x-forwarded-for': request.sourceIp, 'x-forwarded-proto': 'http' };
      const forwarded = { ...request, headers: { ...proto, ...request.headers } };
      const answer = api ? await api.answer(forwarded) : notFound();
      writeAnswer(response, request, behaviour ? withEdgeHeaders(behaviour, request, answer) : answer);
    };
  }

  #fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const known = error instanceof BodyTooLarge;
    if (!known) this.#options.log(`${request.method} ${request.url}: ${String(error)}`);
    const answer = known
      ? jsonAnswer(413, { message: 'Request Entity Too Large' })
      : jsonAnswer(500, { message: 'Internal Server Error' });
    if (response.headersSent) response.destroy();
    else writeAnswer(response, { method: request.method ?? 'GET' }, answer);
  }
}

const notFound = (): HttpAnswer => jsonAnswer(404, { message: 'Not Found' });

/** The answer as it leaves the edge; what the edge says to pages of other origins stands in place of the origin's. */
const withEdgeHeaders = (
  { answerHeaders: { always, acrossOrigins } }: Behaviour,
  request: HttpRequest,
  answer: HttpAnswer,
): HttpAnswer => {
  const forOthers = request.headers.origin === undefined ? {} : acrossOrigins;
  return { ...answer, headers: { ...always, ...answer.headers, ...forOthers } };
};

const siteAnswering =
  (site: StaticSite, behaviour: Behaviour): Answering =>
  async (request, response) =>
    writeAnswer(response, request, withEdgeHeaders(behaviour, request, site.answer(request) ?? notFound()));
