import { NewEvent, trackEvents } from '../../../core/contract/events.ts';
import { eventOf } from '../../../core/engines/sdk/event-of.ts';
import { readAgent } from '../../../core/engines/sdk/read-agent.ts';
import { callsIn, readCall, type SdkCall } from '../../../core/engines/sdk/sdk-call.ts';
import { shownAddress } from '../../../core/engines/sdk/shown-address.ts';
import { nameTable } from '../../../core/engines/sdk/standard-names.ts';
import { remembering } from '../../../core/flows/take-calls.ts';
import { takeEvents } from '../../../core/flows/take-events.ts';
import { nextEventId } from '../../../functions/adapters/ids.ts';
import { envelopes } from '../../../functions/adapters/stores/envelope.ts';
import { readAnyBody } from '../../../functions/kit/read-any-body.ts';
import { readInput } from '../../../functions/kit/read-input.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { sampleCall, sampleEvent } from './sample-events.ts';

const batchSize = 500;
const secondsEach = 1;
const rounds = 3;

/** Events a second that `work` gets through, one batch each time. */
const rateOf = (work: () => void, seconds: number): number => {
  const started = performance.now();
  let batches = 0;
  while (performance.now() - started < seconds * 1000) {
    work();
    batches += 1;
  }
  return (batches * batchSize * 1000) / (performance.now() - started);
};

/** Events a second on one core. */
export interface ParseRates {
  /** `JSON.parse` of the body and nothing else. */
  bare: number;
  /** Read as a stranger's JSON, each event held against its schema. */
  validated: number;
  /** `JSON.parse` of the same events as calls of SDKs and nothing else. */
  bareCalls: number;
  /** Read by the SDKs’ door, each seen to be a call. */
  readCalls: number;
  /** Turned into events, each held against its schema. */
  calledEvents: number;
  /** With times, identifiers, money and ids judged: what an event is when it is accepted. */
  accepted: number;
  /** In envelopes. */
  packed: number;
}

const requestOf = (body: string) =>
  ({ body, isBase64Encoded: false, headers: {}, queryStringParameters: {} }) as unknown as Parameters<
    typeof readInput
  >[1];

const caller = { id: 'key-1', kind: 'write', scopes: ['ingest'], fieldPolicy: {} } as const;

const connection = { fromBrowser: true, address: '203.0.113.7' };
const showAddress = (address: string) => shownAddress(address, 'truncate');

/** Reads a batch of calls as the SDKs’ door does. */
const readCalls = (body: string): SdkCall[] => {
  const read = readAnyBody(requestOf(body), Number.POSITIVE_INFINITY);
  return (callsIn('batch', 'json' in read ? read.json : undefined) ?? []).map(given => {
    const call = readCall(given);
    if ('fault' in call) throw new Error('the sample holds what is no call');
    return call;
  });
};

const checkEvents = (calls: readonly SdkCall[]): void => {
  const names = nameTable({});
  const tools = { connection, names, readAgent: remembering(readAgent), showAddress: remembering(showAddress) };
  if (!calls.every(call => NewEvent.safeParse(eventOf(call, tools)).success)) throw new Error('an event is not valid');
};

/** How far one core comes with batches, stage by stage, each with those before it. Best of three. */
export const parseRates = (): ParseRates => {
  const random = seededRandom(1);
  const events = Array.from({ length: batchSize }, (_, n) => sampleEvent(`message-${n}`, random.below(2_000), random));
  const body = JSON.stringify({ events });
  const calls = JSON.stringify({ batch: events.map(sampleCall) });
  const event = requestOf(body);
  const tools = { nextEventId, now: () => new Date() };
  const context = { strict: false, caller: { ...caller, scopes: [...caller.scopes] } };
  const take = () => {
    const taken = takeEvents(readInput(trackEvents, event).body.events, context, tools);
    if (taken.fresh.length !== batchSize) throw new Error('the sample is not accepted');
    return taken.fresh;
  };
  const works: { [Name in keyof ParseRates]: () => void } = {
    bare: () => JSON.parse(body),
    validated: () => {
      const { events: given } = readInput(trackEvents, event).body;
      if (!given.every(one => NewEvent.safeParse(one).success)) throw new Error('the sample is not valid');
    },
    bareCalls: () => JSON.parse(calls),
    readCalls: () => readCalls(calls),
    calledEvents: () => checkEvents(readCalls(calls)),
    accepted: take,
    packed: () => envelopes(take(), 'batch-00000000000000000000000000'),
  };
  const rates: ParseRates = {
    bare: 0,
    validated: 0,
    bareCalls: 0,
    readCalls: 0,
    calledEvents: 0,
    accepted: 0,
    packed: 0,
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(works) as (keyof ParseRates)[]) {
      rates[name] = Math.max(rates[name], rateOf(works[name], secondsEach));
    }
  }
  return rates;
};
