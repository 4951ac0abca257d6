import { parseArgs } from 'node:util';
import type { Bench } from './run.ts';
import { type BulkSpeed, bulkSpeed } from './segments/bulk-speed.ts';
import { type LiveSpeed, liveSpeed } from './segments/live-speed.ts';

/** Microseconds for one profile against so many rules, and how many times faster than the peers. */
const microsecondsMax: Readonly<Record<number, number>> = { 1000: 25, 10000: 600 };
const [siftTimesMin, jsonRulesTimesMin] = [50, 1000];
/** Milliseconds over all profiles and events, from files. */
const millisecondsMax = { count: 20, ids: 60, twenty: 60, rfm: 130, behaviour: 40, algebra: 0.3 } as const;
const megabytesMax = 512;

const shown = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

const showLive = ({ rules, indexed, changed, sift, jsonRules, buildMilliseconds, differences }: LiveSpeed): boolean => {
  console.log(
    `1 profile × ${rules} segments: ${shown(indexed)} µs, whether a purchase may flip any ${shown(changed)} µs; sift ${shown(sift)} µs (${shown(sift / indexed)} ×), json-rules-engine ${shown(jsonRules)} µs (${shown(jsonRules / indexed)} ×); index built in ${shown(buildMilliseconds)} ms; ${differences} differences`,
  );
  const fast = indexed <= (microsecondsMax[rules] ?? 0);
  return fast && differences === 0 && sift >= siftTimesMin * indexed && jsonRules >= jsonRulesTimesMin * indexed;
};

const showBulk = (speed: BulkSpeed): boolean => {
  const { profiles, events, peakMegabytes, ...times } = speed;
  const told = Object.entries(times).map(([name, time]) => `${name} ${shown(time)} ms`);
  console.log(`${profiles} profiles, ${events} events: ${told.join(', ')}; at most ${shown(peakMegabytes)} MB`);
  const names = Object.keys(millisecondsMax) as (keyof typeof millisecondsMax)[];
  return names.every(name => speed[name] <= millisecondsMax[name]) && peakMegabytes <= megabytesMax;
};

/** How fast segments are, beside two engines for rules: `--profiles <n>` and `--events <n>` for all at once, 0 leaves it out. */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { profiles: { type: 'string', default: '1000000' }, events: { type: 'string', default: '10000000' } },
  });
  const [profiles, events] = [Number(values.profiles), Number(values.events)];
  const bulk = profiles > 0 ? await bulkSpeed(profiles, events) : undefined;
  const live = [await liveSpeed(1000), await liveSpeed(10_000)];
  const holds = [...live.map(showLive), ...(bulk ? [showBulk(bulk)] : [])].every(Boolean);
  const [first, second] = live.map(({ indexed }) => shown(indexed));
  const over = bulk ? `, ${shown(bulk.count)} ms to count one of ${profiles}` : '';
  return { line: `segments: ${first} µs × 1,000, ${second} µs × 10,000${over}`, holds };
};
