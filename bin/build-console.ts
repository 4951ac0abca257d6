/** `npm run build:console`: the console as browsers get it, and how large it is. */
import { join } from 'node:path';
import { builtConsole } from '../lib/built-console.ts';
import { consoleSizes } from '../lib/console-sizes.ts';

const directory = await builtConsole(join(import.meta.dirname, '..'));
for (const { name, kilobytes } of consoleSizes(directory)) {
  console.log(`${name.padEnd(40)} ${kilobytes.toFixed(1).padStart(7)} kB gzip`);
}
console.log(directory);
