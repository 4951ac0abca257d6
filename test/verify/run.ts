/** `npm run verify -- <name> [flags]`: runs one long check and prints its figure on the last line. */
import { readdirSync } from 'node:fs';

/** What a check found: one line to print, and whether it holds. */
export interface Figure {
  line: string;
  holds: boolean;
}

/** Every file beside this one that exports `verify` is a check, named after its file. */
export type Verify = (flags: string[]) => Promise<Figure>;

const checks = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith('.ts') && file !== 'run.ts')
  .map(file => file.slice(0, -'.ts'.length));

/** Metrics travel in the log: thousands of lines before the one that counts. */
process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';

const [name = '', ...flags] = process.argv.slice(2);
if (!checks.includes(name)) {
  console.error(`Name a check: ${checks.join(', ')}.`);
  process.exit(2);
}
const { verify } = (await import(`./${name}.ts`)) as { verify: Verify };
const figure = await verify(flags);
console.log(figure.line);
process.exit(figure.holds ? 0 : 1);
