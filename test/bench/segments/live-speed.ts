import { mayFlip } from '../../../core/engines/segments/may-flip.ts';
import { SegmentIndex } from '../../../core/engines/segments/segment-index.ts';
import { noEvents, noSegments } from '../../../core/language/subject.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { jsonRulesPeer, type Peer, siftPeer } from './peers.ts';
import { afterPurchase, dataOf, ruleOf } from './some-rules.ts';

/** Microseconds for one profile against all rules. */
export interface LiveSpeed {
  rules: number;
  indexed: number;
  /** Finding out whether a purchase may flip any, from what was and what is. */
  changed: number;
  sift: number;
  jsonRules: number;
  buildMilliseconds: number;
  /** People of whom two of the engines say different things. */
  differences: number;
}

const [people, rounds] = [200, 3];
const now = Date.parse('2026-02-15T12:00:00.000Z');

/** The best of some rounds, in microseconds for one of so many. */
const bestOf = async (count: number, work: (place: number) => unknown): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    for (let place = 0; place < count; place += 1) await work(place);
    best = Math.min(best, ((performance.now() - started) * 1000) / count);
  }
  return best;
};

const bestSync = (count: number, work: (place: number) => void): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds * 3; round += 1) {
    const started = performance.now();
    for (let place = 0; place < count; place += 1) work(place);
    best = Math.min(best, ((performance.now() - started) * 1000) / count);
  }
  return best;
};

export const liveSpeed = async (rulesCount: number, seed = 1): Promise<LiveSpeed> => {
  const random = seededRandom(seed);
  const rules = Array.from({ length: rulesCount }, () => ruleOf(random));
  const everybody = Array.from({ length: people }, () => dataOf(random));
  const later = everybody.map(data => afterPurchase(data, random));
  const started = performance.now();
  const index = new SegmentIndex(rules);
  const buildMilliseconds = performance.now() - started;
  const holding = (place: number) =>
    index.holding({ values: index.slots.valuesIn(everybody[place]), events: noEvents, segments: noSegments, now });
  const change = (place: number) => ({
    roots: headRoots,
    before: everybody[place],
    after: later[place],
    events: noTypes,
    now,
  });
  const indexed = bestSync(people, place => void holding(place));
  const changed = bestSync(people, place => void mayFlip(index, change(place)));
  const facts = (data: unknown) =>
    Object.fromEntries(index.slots.valuesIn(data).map((value, place) => [index.slots.fields[place], value]));
  const peers: Record<'sift' | 'jsonRules', Peer> = { sift: siftPeer(rules), jsonRules: jsonRulesPeer(rules, facts) };
  const [few, fewer] = [Math.min(people, 40), rulesCount > 1000 ? 2 : 6];
  const sift = await bestOf(few, place => peers.sift(everybody[place] ?? {}));
  const jsonRules = await bestOf(fewer, place => peers.jsonRules(everybody[place] ?? {}));
  let differences = 0;
  for (let place = 0; place < fewer; place += 1) {
    const own = [...holding(place)].flatMap((holds, rule) => (holds === 1 ? [rule] : [])).join();
    for (const peer of Object.values(peers)) if ((await peer(everybody[place] ?? {})).join() !== own) differences += 1;
  }
  return { rules: rulesCount, indexed, changed, sift, jsonRules, buildMilliseconds, differences };
};

const headRoots: ReadonlySet<string> = new Set(['computed', 'createdAt']);
const noTypes: ReadonlySet<string> = new Set();
