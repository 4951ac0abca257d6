import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

let program: Promise<URL> | undefined;

const compile = async (): Promise<URL> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./function-thread.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const code = outputFiles[0]?.text ?? '';
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
};

/**
 * The program of a function's thread as plain JavaScript, compiled once: a thread then starts in a few milliseconds
 * and needs no TypeScript loader, which would also reach into the function's own code.
 */
export const threadProgram = (): Promise<URL> => {
  program ??= compile();
  return program;
};
