import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { Later } from '../../core/contract/later.ts';
import { projectFields } from '../../core/contract/project-fields.ts';
import type { Route, RouteData, RouteInput } from '../../core/contract/route.ts';
import { Problem, unavailable } from '../../core/errors.ts';
import type { Caller } from '../../core/model/caller.ts';
import { admission } from './admission.ts';
import { Answer, AnswersLater, failure, success } from './answer.ts';
import { recorded } from './audited.ts';
import { callerOf } from './caller-of.ts';
import { isOutage } from './is-outage.ts';
import { count, log } from './log.ts';
import { services } from './provided-services.ts';
import { readInput } from './read-input.ts';
import type { Services } from './services.ts';

/** What a handler is given: the parsed request, and who asks. */
export type Request<R extends Route> = RouteInput<R> & {
  caller: Caller;
  requestId: string;
  headers: Readonly<Record<string, string | undefined>>;
};

export type Run<R extends Route> = (request: Request<R>, services: Services) => Promise<Given<R>>;

/** `data` alone, with more to say, or not yet. */
type Given<R extends Route> = RouteData<R> | Answer<RouteData<R>> | AnswersLater;

/**
 * Makes a Lambda handler of a contract and a function. Who may call and how often, what a request must look like, the
 * envelope, the audit entry, the field policy and the form of errors are decided here, once, for every route.
 */
export const endpoint = <const R extends Route>(route: R, run: Run<R>) => {
  const serve = async (event: APIGatewayProxyEventV2, caller: Caller, tools: Services) => {
    const requestId = event.requestContext.requestId;
    const input = readInput(route, event);
    const request = { ...input, caller, requestId, headers: event.headers };
    const serveOnce = async () => {
      const { data, status = route.status, ...rest } = await runOnce(route, request, () => run(request, tools), tools);
      const shape = status === 202 && route.later ? Later : route.response;
      return { ...rest, status, shape, data: shape ? shape.parse(data) : undefined };
    };
    const call = { route, caller, params: input.params, requestId };
    const { data, status, shape, headers, meta } = await recorded(call, serveOnce, tools);
    const shown = shape ? projectFields(shape, caller.fieldPolicy, data) : undefined;
    return success(status, shown, { bare: 'bare' in route && route.bare === true, headers, meta });
  };
  const answer = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { requestId } = event.requestContext;
    const tools = services();
    const caller = await callerOf(route, event, tools);
    if (route.scope === 'public') return serve(event, caller, tools);
    await tools.refreshSettings();
    const { headers, problem } = await admission(caller, tools);
    const answered = problem
      ? failure(problem, requestId)
      : await serve(event, caller, tools).catch((fault: Error) => failureOf(route, fault, requestId));
    log.debug('answered', { route: route.id, requestId, caller: caller.id, status: answered.statusCode });
    return { ...answered, headers: { ...answered.headers, ...headers } };
  };
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>(answer).onError(
    request => {
      request.response = failureOf(route, request.error, request.event.requestContext.requestId);
    },
  );
  return Object.assign(handler, { route });
};

/** How a request is answered that failed; what is no `Problem` is logged. */
export const failureOf = (
  route: Pick<Route, 'id'>,
  fault: Error | null,
  requestId: string,
): APIGatewayProxyStructuredResultV2 => {
  if (!(fault instanceof Problem)) {
    log.error('request failed', { route: route.id, requestId, error: nameOf(fault) });
    count({ RequestsFailed: 1 });
  }
  return failure(isOutage(fault) ? unavailable('A part of the platform') : fault, requestId);
};

/** The name and the place of a fault; its message may quote personal data, and may run over several lines. */
const nameOf = (fault: Error | null) => ({
  name: fault?.name,
  stack: fault?.stack
    ?.split('\n')
    .filter(line => line.startsWith('    at '))
    .slice(0, 5)
    .join(' '),
});

const keyPattern = /^[\x21-\x7e]{1,200}$/;

/** The caller's own name for a request, by which a repeat is known. */
const idempotencyKey = (headers: Readonly<Record<string, string | undefined>>): string | undefined => {
  const key = headers['idempotency-key'];
  if (key !== undefined && !keyPattern.test(key)) {
    const reason = 'has 1–200 visible ASCII characters';
    throw new Problem('INVALID_REQUEST', `Idempotency-Key ${reason}`, [{ path: 'headers.idempotency-key', reason }]);
  }
  return key;
};

/** A POST with an `Idempotency-Key` happens once: whoever sends it again gets the first answer. */
const runOnce = async <R extends Route>(
  route: R,
  request: Request<R>,
  run: () => Promise<Given<R>>,
  { answerOnce }: Services,
): Promise<Answer<unknown>> => {
  const key = idempotencyKey(request.headers);
  const whole = async (): Promise<Answer<unknown>> => {
    const result = await run();
    if (result instanceof AnswersLater) return new Answer<unknown>({ jobId: result.jobId }, { status: 202 });
    return result instanceof Answer ? result : new Answer<unknown>(result);
  };
  if (key === undefined || route.method !== 'POST' || route.idempotency === 'derived') return whole();
  const first = await answerOnce(
    `${request.caller.id} ${route.id} ${key}`,
    [request.params, request.query, request.body],
    whole,
  );
  return new Answer(first.data, first);
};
