import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the pages are made from: a change of anything else makes no new ones. */
const sources = ['console', 'core/contract', 'core/language', 'core/model', 'package-lock.json'];

const filesOf = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
    : [path];

const fingerprint = (root: string): string => {
  const hash = createHash('sha256').update(`${root}\0`);
  const files = sources.flatMap(name => filesOf(join(root, name)));
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 24);
};

/** @throws Error with what Vite printed */
const build = async (root: string, outputDirectory: string): Promise<void> => {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const options = ['--outDir', outputDirectory, '--emptyOutDir', '--logLevel', 'error'];
  const child = spawn(process.execPath, [vite, 'build', join(root, 'console'), ...options], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      said += String(chunk);
    });
  }
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The console could not be built:\n${said.trim()}`);
};

/** Whoever comes second with the same one leaves what stands. */
const moveInto = (made: string, place: string): void => {
  try {
    renameSync(made, place);
  } catch (error) {
    if (!existsSync(join(place, 'index.html'))) throw error;
  }
};

/**
 * The console as browsers get it: a directory below `dist/console` that is only read, made anew when its sources have
 * changed.
 *
 * @throws Error with what Vite printed
 */
export const builtConsole = async (root: string): Promise<string> => {
  const all = join(root, 'dist/console');
  const directory = join(all, fingerprint(root));
  if (existsSync(join(directory, 'index.html'))) return directory;
  mkdirSync(all, { recursive: true });
  const making = mkdtempSync(`${directory}-`);
  try {
    await build(root, making);
    moveInto(making, directory);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return directory;
};
