import { parseArgs } from 'node:util';
import { membershipLatency } from './freshness/membership-latency.ts';
import type { Bench } from './run.ts';

const loads = [
  { perSecond: 250, people: 10_000, p99SecondsMax: 5 },
  { perSecond: 1_000, people: 2_000, p99SecondsMax: 10 },
];

/** How long it takes from an event to the membership that it decides, at a 1 s window, under a load of other events. */
export const bench: Bench = async flags => {
  const { values } = parseArgs({ args: flags, options: { seconds: { type: 'string', default: '60' } } });
  const seconds = Number(values.seconds);
  const lines: string[] = [];
  let holds = true;
  for (const { perSecond, people, p99SecondsMax } of loads) {
    const { p50, p99, probes, missed } = await membershipLatency({ perSecond, people, seconds });
    lines.push(
      `at ${perSecond}/s of ${people} people p50 ${p50.toFixed(1)} s, p99 ${p99.toFixed(1)} s (${probes} probes, ${missed} missed)`,
    );
    console.log(lines.at(-1));
    holds &&= p99 <= p99SecondsMax && missed === 0;
  }
  return { line: `freshness, event to membership: ${lines.join('; ')}`, holds };
};
