import type { Invocable } from '../worker/invocation.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from './http-request.ts';
import { type RequestPlace, requestFields } from './payload-v2.ts';

/** A REQUEST authorizer of an HTTP API. */
export interface Authorizer {
  id: string;
  function: Invocable;
  /** Such as `$request.header.Authorization`; a request that lacks one is answered 401 without an invocation. */
  identitySources: string[];
  simpleResponses: boolean;
  cacheSeconds: number;
}

/** Either the context for the handler, or the answer that ends the request. */
export type Verdict = { context: Record<string, unknown> | undefined } | { refusal: HttpAnswer };

interface Decision {
  allowed: boolean;
  context?: Record<string, unknown>;
}

const sourceValue = (source: string, request: HttpRequest): string | undefined => {
  const [, kind, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === 'header') return request.headers[name.toLowerCase()];
  if (kind === 'querystring') return new URLSearchParams(request.query).get(name) ?? undefined;
  return source;
};

interface PolicyResponse {
  policyDocument?: { Statement?: { Effect?: string }[] };
  context?: Record<string, unknown>;
}

const decisionOf = (json: string | undefined, simple: boolean): Decision | undefined => {
  const answer: unknown = json === undefined ? undefined : JSON.parse(json);
  if (typeof answer !== 'object' || answer === null) return undefined;
  if (simple) {
    const { isAuthorized, context } = answer as { isAuthorized?: unknown; context?: Record<string, unknown> };
    return typeof isAuthorized === 'boolean' ? { allowed: isAuthorized, context } : undefined;
  }
  const { policyDocument, context } = answer as PolicyResponse;
  const effects = policyDocument?.Statement?.map(({ Effect }) => Effect);
  return effects && { allowed: effects.length > 0 && !effects.includes('Deny'), context };
};

/** Asks authorizers and remembers their decisions as long as they say. */
export class Authorizing {
  #remembered = new Map<string, { until: number; decision: Decision }>();

  async verdict(authorizer: Authorizer, request: HttpRequest, place: RequestPlace): Promise<Verdict> {
    const values = authorizer.identitySources.map(source => sourceValue(source, request));
    if (values.some(value => value === undefined || value === ''))
      return { refusal: jsonAnswer(401, { message: 'Unauthorized' }) };
    const key = JSON.stringify([authorizer.id, place.routeKey, values]);
    const known = this.#remembered.get(key);
    const decision =
      known && known.until > Date.now() ? known.decision : await this.#ask(authorizer, request, place, values);
    if (!decision) return { refusal: jsonAnswer(500, { message: 'Internal Server Error' }) };
    if (authorizer.cacheSeconds > 0 && authorizer.identitySources.length > 0)
      this.#remembered.set(key, { until: Date.now() + authorizer.cacheSeconds * 1000, decision });
    return decision.allowed ? { context: decision.context } : { refusal: jsonAnswer(403, { message: 'Forbidden' }) };
  }

  async #ask(
    authorizer: Authorizer,
    request: HttpRequest,
    place: RequestPlace,
    identitySource: (string | undefined)[],
  ): Promise<Decision | undefined> {
    const routeArn = `arn:aws:execute-api:us-east-1:${place.accountId}:${place.apiId}/${place.stage}/${request.method}${request.path}`;
    const fields = requestFields(request, place);
    const event = {
      ...fields,
      type: 'REQUEST',
      routeArn,
      identitySource: identitySource.length > 0 ? identitySource : null,
    };
    const result = await authorizer.function.invoke(event);
    return result.kind === 'answered' ? decisionOf(result.json, authorizer.simpleResponses) : undefined;
  }
}
