import { correctTime } from '../engines/events/correct-time.ts';
import type { Connection } from '../engines/sdk/client-context.ts';
import { type CalledEvent, type CallTools, eventOf } from '../engines/sdk/event-of.ts';
import { type Held, heldEvent, largeEvent, unreadableCall } from '../engines/sdk/kept-aside.ts';
import { readAgent } from '../engines/sdk/read-agent.ts';
import { textOf } from '../engines/sdk/read-member.ts';
import { type CallType, callsIn, readCall } from '../engines/sdk/sdk-call.ts';
import { type AddressPolicy, shownAddress } from '../engines/sdk/shown-address.ts';
import type { NameTable } from '../engines/sdk/standard-names.ts';
import { Problem, type ProblemDetail } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { Caller } from '../model/caller.ts';
import type { Violation } from '../model/violation.ts';
import { bytesIfLarge, eventBytesMax } from './event-bytes.ts';
import { schemaViolation } from './hold-against.ts';
import { largeEvent as largeResult, takeEvents } from './take-events.ts';
import type { TakenEvent } from './taken-event.ts';
import type { TrackingPlan } from './tracking-plan.ts';

export interface CallContext {
  caller: Caller;
  connection: Connection;
  names: NameTable;
  addresses: AddressPolicy;
  /** What becomes of what a bot does. */
  bots: 'flag' | 'drop';
  /** The browser that sends them asks that they be neither sold nor shared. */
  gpc?: boolean | undefined;
  /** What events should say; they may say anything when it is absent. */
  plan?: TrackingPlan | undefined;
}

interface TakeTools {
  nextEventId: (at: number) => string;
  now: () => Date;
}

/** The body of a request: its JSON, or its text where it is none. */
export type CallBody = { json: unknown } | { text: string; reason: string };

export interface TakenCalls {
  /** What is to be made durable: what was accepted, and what is kept aside because something is wrong with it. */
  fresh: AcceptedEvent[];
  /** None is. */
  rejected: 0;
  /** What is wrong, by the place of the call, and the first of it. */
  faults: ProblemDetail[];
  fault?: ProblemDetail | undefined;
  /** Calls of bots that were dropped. */
  dropped: number;
  /** What is not as the plan says, whatever becomes of it. */
  violations: Violation[];
}

const callsMax = 2500;

/** Takes the calls in a body. One that holds none is kept aside as a whole. */
export const takeBody = (
  called: CallType | 'batch',
  body: CallBody,
  context: CallContext,
  tools: TakeTools,
): TakenCalls => {
  const calls = 'json' in body ? callsIn(called, body.json) : undefined;
  if (calls) return takeCalls(calls, context, tools);
  const reason = 'json' in body ? 'holds no calls' : body.reason;
  const kept = keptUnread('json' in body ? body.json : body.text, tools);
  const fault = { path: 'body', reason };
  return { fresh: [kept], rejected: 0, faults: [fault], fault, violations: [], dropped: 0 };
};

/**
 * Turns calls of an SDK into events, each judged alone. SDKs throw away what they are refused, so nothing is: a call that
 * cannot have its effect becomes an event that is kept aside.
 *
 * @throws Problem `INVALID_REQUEST` for more calls than a batch may have
 */
const takeCalls = (calls: readonly unknown[], context: CallContext, tools: TakeTools): TakenCalls => {
  if (calls.length > callsMax) throw tooMany(calls.length);
  const taken: TakenCalls = { fresh: [], rejected: 0, faults: [], violations: [], dropped: 0 };
  const showAddress = (address: string) => shownAddress(address, context.addresses);
  const callTools = { ...context, readAgent: remembering(readAgent), showAddress: remembering(showAddress) };
  const read: { index: number; event: CalledEvent }[] = [];
  for (const [index, given] of calls.entries()) {
    const event = readOne(given, index, callTools, taken, tools);
    if (event === undefined) continue;
    if (context.bots === 'drop' && event.context.bot === true) taken.dropped += 1;
    else read.push({ index, event });
  }
  const judged = takeEvents(
    read.map(({ event }) => event),
    { strict: false, caller: context.caller, plan: context.plan, gpc: context.gpc, bytesMax: 2 * eventBytesMax },
    tools,
  );
  taken.fresh.push(...judged.fresh);
  for (const [place, result] of judged.results.entries()) {
    const one = read[place];
    if (one && result.problem) keepAside(one, result, taken, tools);
    else if (one && result.event) taken.faults.push(...faultsAside(one.index, result.event));
  }
  if (context.caller.kind === 'write') for (const event of taken.fresh) event.byWriteKey = true;
  return { ...taken, fresh: firstOfEach(taken.fresh), fault: taken.faults[0], violations: judged.violations };
};

const tooMany = (count: number): Problem => {
  const reason = `at most ${callsMax} calls`;
  return new Problem('INVALID_REQUEST', `The batch has ${count} calls; ${reason}`, [{ path: 'body.batch', reason }]);
};

/** Most calls of a batch come from the same client. */
export const remembering = <Told>(read: (text: string) => Told): ((text: string) => Told) => {
  const known = new Map<string, Told>();
  return text => {
    const told = known.get(text) ?? read(text);
    known.set(text, told);
    return told;
  };
};

const readOne = (
  given: unknown,
  index: number,
  callTools: CallTools,
  taken: TakenCalls,
  tools: TakeTools,
): CalledEvent | undefined => {
  const call = readCall(given);
  if (!('fault' in call)) return fitting(eventOf(call, callTools), given, index, taken, tools);
  taken.faults.push({ path: `body.batch.${index}`, reason: call.fault });
  taken.fresh.push(keptUnread(given, tools));
  return undefined;
};

/** An event whose call is no larger than one may be, as it was sent; else it is kept aside. */
const fitting = (event: CalledEvent, given: unknown, index: number, taken: TakenCalls, tools: TakeTools) => {
  const size = bytesIfLarge(given);
  if (size <= eventBytesMax) return event;
  keepAside({ index, event }, largeResult(size), taken, tools);
  return undefined;
};

/** What is no call, as an event that is kept aside. */
const keptUnread = (given: unknown, { nextEventId, now }: TakeTools): AcceptedEvent => {
  const receivedAt = now();
  const id = nextEventId(receivedAt.getTime());
  return unreadableCall(given, { id, receivedAt: receivedAt.toISOString() });
};

const keepAside = (
  { index, event }: { index: number; event: CalledEvent },
  result: TakenEvent,
  { fresh, faults }: TakenCalls,
  { nextEventId, now }: TakeTools,
): void => {
  const { problem } = result;
  const details = problem?.details ?? [];
  faults.push(...details.map(({ path, reason }) => ({ path: `body.batch.${index}.${path}`, reason })));
  const receivedAt = now();
  const id = nextEventId(receivedAt.getTime());
  const time = correctTime(event.timestamp, event.sentAt, receivedAt);
  const held: Held = {
    id,
    messageId: textOf(event.messageId) ?? id,
    receivedAt: receivedAt.toISOString(),
    timestamp: new Date(time.at).toISOString(),
    originalTimestamp: time.quarantine === undefined ? undefined : time.original,
    reason: reasonOf(event, result),
  };
  fresh.push(problem?.code === 'PAYLOAD_TOO_LARGE' ? largeEvent(event, held) : heldEvent(event, held));
};

/** Why an event is kept aside that is whole in itself. */
const faultsAside = (index: number, { quarantine, violations }: AcceptedEvent): ProblemDetail[] => {
  if (quarantine === undefined) return [];
  const details =
    quarantine === schemaViolation ? (violations ?? []) : [{ path: 'timestamp', reason: 'lies before 1970' }];
  return details.map(({ path, reason }) => ({ path: `body.batch.${index}.${path}`, reason }));
};

const reasonOf = ({ type }: CalledEvent, { problem, faults }: TakenEvent): string => {
  if (problem?.code === 'PAYLOAD_TOO_LARGE') return 'event_too_large';
  if (faults.some(({ path }) => path === 'identifiers')) return 'no_identifier';
  const aboutMoney =
    (type === 'purchase' || type === 'refund') && faults.some(({ path }) => /^properties\b/.test(path));
  return aboutMoney ? `${type}_invalid` : 'event_invalid';
};

/** A message that is kept aside twice is the same both times. */
const firstOfEach = (events: readonly AcceptedEvent[]): AcceptedEvent[] => {
  const first = new Map<string, AcceptedEvent>();
  for (const event of events) if (!first.has(event.messageId)) first.set(event.messageId, event);
  return [...first.values()];
};

/** What a client that wants to know is told of calls that something is wrong with. */
export const refuseCalls = (faults: readonly ProblemDetail[]): Problem =>
  new Problem('INVALID_REQUEST', `${faults[0]?.path}: ${faults[0]?.reason}`, faults.slice(0, 100));
