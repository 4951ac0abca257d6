import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the installed packages are, and where the layer goes. */
export interface QueryLayerOptions {
  packagesDirectory: string;
  outputDirectory: string;
  /** `linked`: the layer leads to what is installed here; for this machine only. */
  as: 'linked' | 'copied';
}

/** The engine's package for the machines of Lambda is not installed. */
export class QueryEngineMissing extends Error {
  override readonly name = 'QueryEngineMissing';
}

const enginePackages = ['@duckdb/node-api', '@duckdb/node-bindings', '@duckdb/node-bindings-linux-x64'] as const;

const versionOf = (packagesDirectory: string, name: string): string => {
  const file = join(packagesDirectory, name, 'package.json');
  if (existsSync(file)) return String(JSON.parse(readFileSync(file, 'utf8')).version);
  throw new QueryEngineMissing(
    `${name} is not installed, and functions that query run with it. Fetch it for Linux on x86-64, whatever this ` +
      'machine is: npm install --no-save --os=linux --cpu=x64 @duckdb/node-bindings-linux-x64',
  );
};

const link = (packagesDirectory: string, outputDirectory: string): void => {
  const nodeDirectory = join(outputDirectory, 'nodejs');
  rmSync(outputDirectory, { recursive: true, force: true });
  mkdirSync(nodeDirectory, { recursive: true });
  symlinkSync(packagesDirectory, join(nodeDirectory, 'node_modules'));
};

/** Large: copied when a version is another than before. */
const copy = (packagesDirectory: string, outputDirectory: string): void => {
  const versions = JSON.stringify(enginePackages.map(name => [name, versionOf(packagesDirectory, name)]));
  const marker = join(outputDirectory, 'nodejs', 'versions.json');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === versions) return;
  rmSync(outputDirectory, { recursive: true, force: true });
  for (const name of enginePackages) {
    const target = join(outputDirectory, 'nodejs/node_modules', name);
    cpSync(join(packagesDirectory, name), target, { recursive: true, dereference: true });
  }
  writeFileSync(marker, versions);
};

/** Puts the layer together, as Lambda unpacks it to `/opt`. @throws QueryEngineMissing */
export const buildQueryLayer = ({ packagesDirectory, outputDirectory, as }: QueryLayerOptions): void =>
  as === 'linked' ? link(packagesDirectory, outputDirectory) : copy(packagesDirectory, outputDirectory);
