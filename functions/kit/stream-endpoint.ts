import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import { projectFields } from '../../core/contract/project-fields.ts';
import type { Route } from '../../core/contract/route.ts';
import type { FeedMessage } from '../../core/flows/follow-feed.ts';
import type { Caller, FieldPolicy } from '../../core/model/caller.ts';
import { admission } from './admission.ts';
import { recordRead } from './audited.ts';
import { authenticate, type Found } from './authenticate.ts';
import { callerOf } from './caller-of.ts';
import { endpoint, failureOf, type Request, type Run } from './endpoint.ts';
import { isStillKnown } from './is-still-known.ts';
import { readInput } from './read-input.ts';
import { readyServices } from './ready-services.ts';
import {
  type Listener,
  listenerOf,
  openAnswer,
  type StreamAnswer,
  streamified,
  tellTexts,
  tellWhole,
} from './response-stream.ts';
import type { Services } from './services.ts';

export interface StreamRun<R extends Route> {
  /** The shape of what is told piece by piece. */
  item: z.ZodType;
  /** Whether the caller wants one answer at once. */
  isOnce: (query: Readonly<Record<string, string | undefined>>) => boolean;
  once: Run<R>;
  follow: (request: Request<R>, services: Services, listener: Listener) => Promise<AsyncIterable<FeedMessage>>;
}

const verdictOn = async (event: APIGatewayProxyEventV2, services: Services): Promise<Found> => {
  const ticket = event.queryStringParameters?.ticket;
  if (ticket === undefined) return authenticate(event.headers, services);
  const caller = await services.streamTickets.open(ticket);
  return caller ? { caller } : { refused: 'The ticket is not valid or is over; ask for another one' };
};

/** The address of the function has no authorizer before it: its verdict is put where endpoints look for it. */
const judged = async (event: APIGatewayProxyEventV2, services: Services): Promise<APIGatewayProxyEventV2> => {
  const authorizer = { lambda: { verdict: JSON.stringify(await verdictOn(event, services)) } };
  return { ...event, requestContext: { ...event.requestContext, authorizer } } as APIGatewayProxyEventV2;
};

const eventStream = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** One message as server-sent events have it. */
const messageText = (message: FeedMessage, item: z.ZodType, policy: FieldPolicy): string => {
  if (message.kind === 'heartbeat') return ': heartbeat\n\n';
  if (message.kind !== 'event') return `event: ${message.kind}\nid: ${message.place}\ndata: {}\n\n`;
  const shown = projectFields(item, policy, item.parse(message.event));
  return `id: ${message.place}\ndata: ${JSON.stringify(shown)}\n\n`;
};

const lookAgainMilliseconds = 15_000;

/** What is told, for as long as whoever listens is known. */
const whileKnown = async function* (
  messages: AsyncIterable<FeedMessage>,
  isKnown: () => Promise<boolean>,
  now: () => Date,
) {
  let lookedAt = now().getTime();
  for await (const message of messages) {
    if (now().getTime() - lookedAt >= lookAgainMilliseconds) {
      if (!(await isKnown())) return;
      lookedAt = now().getTime();
    }
    yield message;
  }
};

const textsOf = async function* (messages: AsyncIterable<FeedMessage>, item: z.ZodType, { fieldPolicy }: Caller) {
  for await (const message of messages) yield messageText(message, item, fieldPolicy);
};

/**
 * Makes a Lambda handler that answers piece by piece for as long as the caller listens, or once and at once. Who may
 * call, what a request must look like, the audit entry and the field policy are as everywhere.
 */
export const streamEndpoint = <const R extends Route>(route: R, { item, isOnce, once, follow }: StreamRun<R>) => {
  const answerOnce = endpoint(route, once);
  const begin = async (event: APIGatewayProxyEventV2, tools: Services, listener: Listener) => {
    const { requestId } = event.requestContext;
    const caller = await callerOf(route, event, tools);
    const { problem, headers } = await admission(caller, tools);
    if (problem) throw problem;
    const input = readInput(route, event);
    const messages = await follow({ ...input, caller, requestId, headers: event.headers }, tools, listener);
    const call = { route, caller, params: input.params, requestId };
    await recordRead(call, { status: route.status, data: undefined }, tools);
    const known = whileKnown(messages, () => isStillKnown(event, caller, tools), tools.now);
    return { texts: textsOf(known, item, caller), headers };
  };
  const answer: StreamAnswer = async (given, stream, context) => {
    const tools = await readyServices();
    const event = await judged(given, tools);
    if (isOnce(event.queryStringParameters ?? {}))
      return tellWhole((await answerOnce(event, context)) as APIGatewayProxyStructuredResultV2, stream);
    const begun = await begin(event, tools, listenerOf(stream)).catch((fault: Error) => fault);
    if (begun instanceof Error) return tellWhole(failureOf(route, begun, event.requestContext.requestId), stream);
    const head = { statusCode: route.status, headers: { ...eventStream, ...begun.headers } };
    await tellTexts(begun.texts, openAnswer(stream, head));
  };
  return Object.assign(streamified(answer), { route });
};
