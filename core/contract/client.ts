import { AnswerLater } from './answer-later.ts';
import { ApiError } from './api-error.ts';
import { type RouteTable, routes } from './index.ts';
import { basePath, type Route, type RouteRequest, type RouteResult } from './route.ts';

/** What comes beside a result: its headers (`etag`), and what the envelope tells of it (`asOf`). */
export interface Beside {
  headers: Headers;
  meta: Readonly<Record<string, unknown>>;
}

/** What a single call may add: further headers (`If-Match`, `Idempotency-Key`), a signal that ends it, an ear for what comes beside the result. */
export interface CallOptions {
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  heard?: (beside: Beside) => void;
}

/** A route without anything that must be sent can be called without an argument. */
type Call<R extends Route> =
  Record<never, never> extends RouteRequest<R>
    ? (request?: RouteRequest<R>, options?: CallOptions) => Promise<RouteResult<R>>
    : (request: RouteRequest<R>, options?: CallOptions) => Promise<RouteResult<R>>;

/** The API as an object: one method per route, named by the route's id, typed by its contract. */
export type Client = { readonly [Id in keyof RouteTable]: Call<RouteTable[Id]> };

export interface ClientOptions {
  /** Where the platform is, e.g. `http://localhost:3001`; the base path of the API is added. */
  baseUrl: string;
  /** An API key. Absent: the caller is known otherwise (a browser's cookie), or not at all. */
  key?: string | undefined;
  fetch?: typeof fetch;
}

interface LooseRequest {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

const addressOf = (baseUrl: string, route: Route, { params = {}, query = {} }: LooseRequest): string => {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(
    Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
  ).toString();
  return `${baseUrl.replace(/\/+$/, '')}${basePath}${path}${search && `?${search}`}`;
};

const jsonOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (notJson) {
    if (notJson instanceof SyntaxError) return undefined;
    throw notJson;
  }
};

const memberOf = (answer: unknown, name: string): unknown =>
  typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[name] : undefined;

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const laterJob = (answer: unknown): string => String(memberOf(memberOf(answer, 'data'), 'jobId'));

const refusal = (response: Response, answer: unknown): ApiError => {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const error = memberOf(answer, 'error');
  return new ApiError(response.status, recordOf(error), Number.isNaN(retryAfter) ? undefined : retryAfter);
};

/** The result of a route: `data` out of the envelope, a bare answer as it is, nothing for 204. */
const resultOf = async (response: Response, route: Route, heard?: CallOptions['heard']): Promise<unknown> => {
  const answer = jsonOrNothing(await response.text());
  if (!response.ok) throw refusal(response, answer);
  if (route.later && response.status === 202) throw new AnswerLater(laterJob(answer));
  heard?.({ headers: response.headers, meta: recordOf(memberOf(answer, 'meta')) });
  return route.bare ? answer : memberOf(answer, 'data');
};

/**
 * Opens a typed client of the API. Nothing is sent before the first call.
 *
 * @throws ApiError from a call that was answered with an error @throws AnswerLater where the answer takes longer; what `fetch` throws where there was no answer
 * @example await openClient({ baseUrl, key }).getProfile({ params: { id } })
 */
export const openClient = ({ baseUrl, key, fetch: send = fetch }: ClientOptions): Client => {
  const call = async (route: Route, request: LooseRequest = {}, options: CallOptions = {}): Promise<unknown> => {
    const headers = {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    };
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    const signal = options.signal ?? null;
    return resultOf(
      await send(addressOf(baseUrl, route, request), { method: route.method, headers, body, signal }),
      route,
      options.heard,
    );
  };
  const methods = routes.map(route => [
    route.id,
    (request?: LooseRequest, options?: CallOptions) => call(route, request, options),
  ]);
  return Object.fromEntries(methods) as Client;
};
