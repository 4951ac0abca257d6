import { NewEvent, trackEvents } from '../../../core/contract/events.ts';
import { takeEvents } from '../../../core/flows/take-events.ts';
import { nextEventId } from '../../../functions/adapters/ids.ts';
import { envelopes } from '../../../functions/adapters/stores/envelope.ts';
import { readInput } from '../../../functions/kit/read-input.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { sampleEvent } from './sample-events.ts';

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

/** How far one core comes with batches, stage by stage, each with those before it. Best of three. */
export const parseRates = (): ParseRates => {
  const random = seededRandom(1);
  const events = Array.from({ length: batchSize }, (_, n) => sampleEvent(`message-${n}`, random.below(2_000), random));
  const body = JSON.stringify({ events });
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
    accepted: take,
    packed: () => envelopes(take(), 'batch-00000000000000000000000000'),
  };
  const rates: ParseRates = { bare: 0, validated: 0, accepted: 0, packed: 0 };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(works) as (keyof ParseRates)[]) {
      rates[name] = Math.max(rates[name], rateOf(works[name], secondsEach));
    }
  }
  return rates;
};
