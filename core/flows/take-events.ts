import { NewEvent } from '../contract/events.ts';
import { refusal } from '../contract/refusal.ts';
import { acceptEvent } from '../engines/events/accept-event.ts';
import { contextConsent } from '../engines/events/context-consent.ts';
import { Problem, type ProblemDetail } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { Caller } from '../model/caller.ts';
import { fingerprint } from '../model/fingerprint.ts';
import type { Violation } from '../model/violation.ts';
import { bytesIfLarge, eventBytesMax } from './event-bytes.ts';
import { holdAgainst } from './hold-against.ts';
import type { TakenEvent } from './taken-event.ts';
import type { TrackingPlan } from './tracking-plan.ts';

export interface TakeContext {
  strict: boolean;
  caller: Caller;
  /** Names the messages of a request that comes again, where they have no ids of their own. */
  idempotencyKey?: string | undefined;
  sentAt?: string | undefined;
  /** The most bytes that an event may have; absent: as many as one that a client sends. */
  bytesMax?: number | undefined;
  /** The browser that sends them asks that they be neither sold nor shared. */
  gpc?: boolean | undefined;
  /** What events should say; they may say anything when it is absent. */
  plan?: TrackingPlan | undefined;
}

interface TakeTools {
  nextEventId: (at: number) => string;
  now: () => Date;
}

export interface TakenBatch {
  /** In the order of the input. */
  results: TakenEvent[];
  /** What is to be made durable: accepted, and not a repeat within this batch. */
  fresh: AcceptedEvent[];
  duplicates: number;
  rejected: number;
  /** What is not as the plan says, whatever becomes of it. */
  violations: Violation[];
  /** What was wrong with the first that was rejected. */
  fault?: ProblemDetail | undefined;
}

/** Judges each event of a request alone. */
export const takeEvents = (given: readonly unknown[], context: TakeContext, tools: TakeTools): TakenBatch => {
  const receivedAt = tools.now();
  const moment: Moment = { receivedAt, receivedAtText: receivedAt.toISOString() };
  const taken = given.map((one, index) => takeOne(one, index, moment, context, tools));
  const { results, violations } = holdAgainst(taken, context.plan);
  const seen = new Set<string>();
  const fresh: AcceptedEvent[] = [];
  let rejected = 0;
  for (const { event } of results) {
    if (event === undefined) rejected += 1;
    else if (seen.size < seen.add(event.messageId).size) fresh.push(event);
  }
  const fault = rejected === 0 ? undefined : results.find(one => one.event === undefined)?.faults[0];
  return { results, fresh, duplicates: results.length - rejected - fresh.length, rejected, violations, fault };
};

interface Moment {
  receivedAt: Date;
  /** The same in ISO 8601. */
  receivedAtText: string;
}

const takeOne = (
  given: unknown,
  index: number,
  { receivedAt, receivedAtText }: Moment,
  context: TakeContext,
  tools: TakeTools,
): TakenEvent => {
  const parsed = NewEvent.safeParse(given);
  if (!parsed.success) return rejected(refusal('event', parsed.error));
  const size = bytesIfLarge(parsed.data);
  if (size > (context.bytesMax ?? eventBytesMax)) return largeEvent(size);
  if (context.caller.kind === 'write' && parsed.data.consent !== undefined) return rejected(barredFrom('consent'));
  const id = tools.nextEventId(receivedAt.getTime());
  const messageId = derivedId(given, index, context) ?? id;
  const { strict, sentAt } = context;
  const said = saidIn(parsed.data, context);
  const accepted = acceptEvent(said, { id, messageId, receivedAt, receivedAtText, strict, sentAt });
  if (accepted.event && context.caller.kind === 'write') accepted.event.byWriteKey = true;
  return accepted.faults.length > 0
    ? { ...rejected(refuseEvent(accepted.faults)), warnings: accepted.warnings }
    : accepted;
};

/** The event with what its browser and its context say of consent. */
const saidIn = (event: NewEvent, { caller, gpc }: TakeContext): NewEvent => {
  const consent = contextConsent(event, caller.kind === 'write');
  if (!gpc && consent === undefined) return event;
  return {
    ...event,
    ...(gpc ? { context: { ...event.context, gpc: true } } : {}),
    ...(consent === undefined ? {} : { consent: { ...consent, ...event.consent } }),
  };
};

const rejected = (problem: Problem): TakenEvent => ({
  warnings: [],
  faults: problem.details,
  problem: { code: problem.code, message: problem.message, details: problem.details },
});

/** What becomes of an event with more bytes than one may have. */
export const largeEvent = (size: number): TakenEvent =>
  rejected(
    new Problem('PAYLOAD_TOO_LARGE', `The event has ${size} bytes`, [
      { path: 'event', reason: `at most ${eventBytesMax} bytes` },
    ]),
  );

/** Not for keys that stand in every browser. */
const barredFrom = (name: string): Problem =>
  new Problem('FORBIDDEN', `A write key may not set ${name}`, [{ path: name, reason: 'needs a secret key' }]);

/** The same request under the same key gives its messages the same ids; nothing else makes two events one. */
const derivedId = (given: unknown, index: number, { caller, idempotencyKey }: TakeContext): string | undefined =>
  idempotencyKey === undefined
    ? undefined
    : `${idempotencyKey.slice(0, 60)}:${index}:${fingerprint(JSON.stringify([caller.id, idempotencyKey, given])).toString(16)}`;

/** What a client is told of an event that breaks a rule. */
export const refuseEvent = (faults: readonly ProblemDetail[]): Problem => {
  const [first] = faults;
  return new Problem('VALIDATION_FAILED', first ? `${first.path}: ${first.reason}` : 'The event cannot be accepted', [
    ...faults,
  ]);
};

/** @throws Problem `INVALID_REQUEST` for more events than a batch may have */
export const checkBatchSize = (size: number, sizeMax: number): void => {
  if (size <= sizeMax) return;
  const reason = `at most ${sizeMax} events`;
  throw new Problem('INVALID_REQUEST', `The batch has ${size} events; ${reason}`, [{ path: 'body.events', reason }]);
};
