import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

let program: Promise<string> | undefined;

const compile = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./function-thread.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
  });
  return outputFiles[0]?.text ?? '';
};

/**
 * The program of a function's thread as plain JavaScript, compiled once: a thread then starts in a few milliseconds
 * and needs no TypeScript loader, which would also reach into the function's own code.
 */
export const threadProgram = (): Promise<string> => {
  program ??= compile();
  return program;
};
