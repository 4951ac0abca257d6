import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(directory, join(entry.parentPath, entry.name)));

const isSame = (path: string, contents: Uint8Array, existing: ReadonlySet<string>, name: string): boolean =>
  existing.has(name) && readFileSync(path).equals(contents);

/**
 * Makes a directory hold exactly these files, by name relative to it. What is already so is left untouched, and what
 * is no longer wanted is removed last, so that a reader never finds the directory empty.
 */
export const mirrorFiles = (directory: string, files: ReadonlyMap<string, Uint8Array>): void => {
  mkdirSync(directory, { recursive: true });
  const existing = new Set(filesBelow(directory));
  for (const [name, contents] of files) {
    const path = join(directory, name);
    if (isSame(path, contents, existing, name)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  for (const name of existing) if (!files.has(name)) rmSync(join(directory, name));
};
