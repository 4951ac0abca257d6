import { parseArgs } from 'node:util';
import { acceptedAndDrained } from './ingest/drained.ts';
import { acceptedDurably } from './ingest/durable.ts';
import { parseRates } from './ingest/parse.ts';
import type { Bench, Measured } from './run.ts';

const [validatedShareMin, acceptedMin, packedMin] = [0.45, 100_000, 60_000];
const durableMin = 50_000;
const p99SecondsMax = 12;

const thousands = (rate: number): string => `${Math.round(rate / 1000)}k`;

const parse = (): Measured => {
  const { bare, validated, bareCalls, readCalls, calledEvents, accepted, packed } = parseRates();
  const [share, shareOfCalls, shareOfEvents] = [validated / bare, readCalls / bareCalls, calledEvents / bareCalls];
  return {
    line: `parse + validate ${thousands(validated)}/s (${share.toFixed(2)} × a bare JSON.parse at ${thousands(bare)}/s), calls of SDKs ${thousands(readCalls)}/s (${shareOfCalls.toFixed(2)} × ${thousands(bareCalls)}/s), made events and validated ${thousands(calledEvents)}/s (${shareOfEvents.toFixed(2)} ×), accepted ${thousands(accepted)}/s, with envelopes ${thousands(packed)}/s`,
    holds:
      share >= validatedShareMin && shareOfCalls >= validatedShareMin && accepted >= acceptedMin && packed >= packedMin,
  };
};

const durable = async (seconds: number): Promise<Measured> => {
  const { perSecond, accepted, wrong } = await acceptedDurably(seconds);
  return {
    line: `accepted durably ${thousands(perSecond)}/s for ${seconds} s, ${wrong} of ${accepted} not in the stream exactly once`,
    holds: perSecond >= durableMin && wrong === 0,
  };
};

const drained = async (perSecond: number, seconds: number): Promise<Measured> => {
  const { accepted, counted, p50Seconds, p99Seconds } = await acceptedAndDrained(perSecond, seconds, 5);
  return {
    line: `drained at ${thousands(perSecond)}/s, 5 s window: p50 ${p50Seconds.toFixed(1)} s, p99 ${p99Seconds.toFixed(1)} s, ${counted} of ${accepted} counted`,
    holds: p99Seconds <= p99SecondsMax && counted === accepted,
  };
};

/**
 * The way in: what one core parses and validates, what the local platform makes durable, and how long it takes until
 * that counts. `--part parse|durable|drained` measures one of them.
 */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      part: { type: 'string' },
      seconds: { type: 'string', default: '60' },
      rate: { type: 'string', default: '10000' },
    },
  });
  const seconds = Number(values.seconds);
  const parts: Record<string, () => Measured | Promise<Measured>> = {
    parse,
    durable: () => durable(seconds),
    drained: () => drained(Number(values.rate), seconds),
  };
  const wanted =
    values.part === undefined ? Object.values(parts) : [parts[values.part]].filter(part => part !== undefined);
  const found: Measured[] = [];
  for (const part of wanted) {
    found.push(await part());
    console.log(found.at(-1)?.line);
  }
  return { line: `ingest: ${found.map(({ line }) => line).join('; ')}`, holds: found.every(({ holds }) => holds) };
};
