import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file of the build, as Vite tells of it. */
interface BuiltFile {
  file: string;
  src?: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  css?: string[];
}
type Manifest = Record<string, BuiltFile>;

/** What a browser loads for a part of the console. */
export interface PartSize {
  name: string;
  kilobytes: number;
}

/** The files that come with one: its scripts and styles, and those of everything that it imports at once. */
const filesWith = (manifest: Manifest, key: string, found = new Set<string>()): Set<string> => {
  const part = manifest[key];
  if (!part || found.has(part.file)) return found;
  found.add(part.file);
  for (const style of part.css ?? []) found.add(style);
  for (const other of part.imports ?? []) filesWith(manifest, other, found);
  return found;
};

/**
 * How much the built console weighs: the shell, which comes first, and what each page adds to it. In kB of 1,000 bytes,
 * compressed as the edge does.
 */
export const consoleSizes = (directory: string): PartSize[] => {
  const manifest = JSON.parse(readFileSync(join(directory, 'files.json'), 'utf8')) as Manifest;
  const weigh = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(directory, file))).length, 0) / 1000;
  const entry = Object.keys(manifest).find(key => manifest[key]?.isEntry) ?? '';
  const shell = filesWith(manifest, entry);
  const pages = Object.entries(manifest).filter(([, { isDynamicEntry }]) => isDynamicEntry);
  const added = (key: string): string[] => [...filesWith(manifest, key)].filter(file => !shell.has(file));
  return [
    { name: 'shell', kilobytes: weigh(shell) },
    ...pages.map(([key, { src = key }]) => ({ name: src, kilobytes: weigh(added(key)) })),
  ];
};
