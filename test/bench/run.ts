/** `npm run bench -- <name> [flags]`: measures one thing and prints its figure on the last line. */
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';

/** What was measured: one line to print, and whether it reaches its bar. */
export interface Measured {
  line: string;
  holds: boolean;
}

/** Every file beside this one that exports `bench` is a bench, named after its file. */
export type Bench = (flags: string[]) => Promise<Measured>;

const benches = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith('.ts') && file !== 'run.ts')
  .map(file => file.slice(0, -'.ts'.length));

/** Metrics travel in the log: thousands of lines before the one that counts. */
process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';

const [name = '', ...flags] = process.argv.slice(2);
if (!benches.includes(name)) {
  console.error(`Name a bench: ${benches.join(', ')}.`);
  process.exit(2);
}
const [processor] = cpus();
console.log(`Node ${process.version}, ${cpus().length} × ${processor?.model ?? 'unknown processor'}`);
const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
const measured = await bench(flags);
console.log(measured.line);
process.exit(measured.holds ? 0 : 1);
