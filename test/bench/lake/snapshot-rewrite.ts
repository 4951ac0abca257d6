import { rewriteSnapshot } from '../../../core/flows/rewrite-snapshot.ts';
import type { Question } from '../../../core/language/sql/question.ts';
import { type SnapshotLake, snapshotLake } from '../../fixtures/snapshot-lake.ts';
import type { Measured } from '../run.ts';
import { addPopulation, tellChanges } from './add-population.ts';
import { changedParts } from './snapshot-population.ts';

const secondsMax = 6;
const growthMax = 1.15;
const repeats = 50;

/** The rule of the segment benches: country, money, purchases, consent, tag or plan. */
const rule: Question = (_dialect, { text }) => ({
  text: `SELECT count(*) AS members FROM ${text} WHERE country = ? AND ltv_cents > ? AND purchase_count >= ?
    AND consent_email AND (t0 OR c0_text IN (?, ?))`,
  values: ['US', 50_000, 3, 'pro', 'enterprise'],
});

/** Many rows, whose memory must come back. */
const manyRows: Question = (_dialect, { text }) => ({
  text: `SELECT id, email, city FROM ${text} LIMIT 100000`,
  values: [],
});

/** Processor time and the clock, in ms. */
const timed = async <Result>(run: () => Promise<Result>) => {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const result = await run();
  const { user, system } = process.cpuUsage(cpu);
  return { result, wall: performance.now() - start, cpu: (user + system) / 1000 };
};

const bestOf = async (times: number, run: () => Promise<unknown>) => {
  const measured = [];
  for (let time = 0; time < times; time += 1) measured.push(await timed(run));
  return measured.reduce((best, one) => (one.wall < best.wall ? one : best));
};

/** How much the process has grown over the last of many questions, as a factor. */
const growth = async ({ engine }: SnapshotLake): Promise<number> => {
  const sizes: number[] = [];
  for (let time = 0; time < repeats; time += 1) {
    await engine.ask(manyRows, 60);
    sizes.push(process.memoryUsage().rss);
  }
  const tenth = Math.max(...sizes.slice(0, repeats / 5));
  return Math.max(...sizes.slice(-repeats / 5)) / tenth;
};

/** Rewrites the snapshot of so many profiles of which five in a hundred have changed, and asks it. */
export const snapshotRewrite = async (profiles: number): Promise<Measured> => {
  const lake = await snapshotLake({ memoryMegabytes: 1500 });
  try {
    await addPopulation(lake, profiles);
    await tellChanges(lake, changedParts(profiles, 20), 'first');
    const rewrite = await timed(() => rewriteSnapshot(lake.rewriting()));
    const whole = await bestOf(5, () => lake.engine.ask(rule, 60));
    await tellChanges(lake, changedParts(profiles, 100), 'second');
    const told = await timed(() => lake.engine.ask(rule, 60));
    const delta = await bestOf(5, () => lake.engine.ask(rule, 60));
    const grown = await growth(lake);
    const bytes = (rewrite.result.base?.sizeBytes ?? 0) / 1e6;
    const ms = ({ wall, cpu }: { wall: number; cpu: number }) => `${wall.toFixed(0)} ms (cpu ${cpu.toFixed(0)})`;
    return {
      line: `snapshot of ${profiles} profiles, ${profiles / 20} changed: rewritten in ${ms(rewrite)}, ${bytes.toFixed(0)} MB; rule ${ms(whole)}; with 1 % told since ${ms(told)}, then ${ms(delta)}; memory × ${grown.toFixed(2)} over ${repeats} questions`,
      holds: rewrite.wall <= secondsMax * 1000 && grown <= growthMax,
    };
  } finally {
    await lake.close();
  }
};
