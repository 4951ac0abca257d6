import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { type HandlerEntry, handlerEntries } from './handler-entries.ts';
import { mirrorFiles } from './mirror-files.ts';

/** Where the handlers are, which ones are bundled, and where the bundle goes. */
export interface BundleOptions {
  functionsDirectory: string;
  outputDirectory: string;
  entries?: readonly HandlerEntry[];
}

/** A handler that the contract promises has no file. */
export class HandlerMissing extends Error {
  override readonly name = 'HandlerMissing';
}

/** Packages in CommonJS call `require`, which a module does not have. The names collide with nothing minified. */
const requireBanner = [
  "import { createRequire as cdpCreateRequireOfBundle } from 'node:module';",
  'const require = cdpCreateRequireOfBundle(import.meta.url);',
].join('\n');

const pathOf = ({ file }: HandlerEntry, functionsDirectory: string): string => join(functionsDirectory, `${file}.ts`);

const refuseMissing = (entries: readonly HandlerEntry[], functionsDirectory: string): void => {
  const missing = entries.filter(entry => !existsSync(pathOf(entry, functionsDirectory)));
  if (missing.length === 0) return;
  const lines = missing.map(({ id, file }) => `${id} expects its handler at functions/${file}.ts`);
  throw new HandlerMissing(`${lines.join('\n')}\nWrite each file and export its handler, then synthesise again.`);
};

/**
 * Bundles all handlers in one go, sharing what they have in common, into one directory that keeps their tree
 * (`api/profiles/get-profile.mjs`).
 * @throws HandlerMissing naming each id and the file that it expects
 */
export const bundleHandlers = async (options: BundleOptions): Promise<void> => {
  const { functionsDirectory, outputDirectory, entries = handlerEntries() } = options;
  refuseMissing(entries, functionsDirectory);
  const { outputFiles = [] } = await build({
    write: false,
    entryPoints: entries.map(entry => ({ in: pathOf(entry, functionsDirectory), out: entry.file })),
    outdir: outputDirectory,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared/[name]-[hash]',
    banner: { js: requireBanner },
    /** Rides in a layer, where a function needs it. */
    external: ['@duckdb/node-api'],
    logLevel: 'warning',
  });
  mirrorFiles(outputDirectory, new Map(outputFiles.map(file => [relative(outputDirectory, file.path), file.contents])));
};
