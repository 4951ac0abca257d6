import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFingerprint } from './source-fingerprint.ts';
import { synthesise } from './synthesise.ts';

const keptHours = 24;

/** Where it is made from, where it is kept, and how it is made. */
export interface AssemblyPlace {
  root: string;
  directory: string;
  environment: NodeJS.ProcessEnv;
  synthesise: (outputDirectory: string) => Promise<void>;
}

const root = join(import.meta.dirname, '../..');
const ownPlace: AssemblyPlace = {
  root,
  directory: join(root, 'dist/assemblies'),
  environment: process.env,
  synthesise,
};

/** Of another version, and nobody has started with it for a day: who runs on one holds it open for no longer. */
const removeOld = (directory: string, kept: string): void => {
  const oldest = Date.now() - keptHours * 3_600_000;
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (path !== kept && stat && stat.mtimeMs < oldest) rmSync(path, { recursive: true, force: true });
  }
};

/** Whoever comes second with the same one leaves what stands. */
const moveInto = (made: string, place: string): void => {
  try {
    renameSync(made, place);
  } catch (error) {
    if (!existsSync(join(place, 'manifest.json'))) throw error;
  }
};

/**
 * The app as synthesised for this machine: a directory that is only read. It is made when the sources or the settings
 * have changed since, and shared by everybody who starts this checkout.
 *
 * @throws CliError with what the app printed
 */
export const builtAssembly = async (place: AssemblyPlace = ownPlace): Promise<string> => {
  const directory = join(place.directory, sourceFingerprint(place.root, place.environment));
  if (!existsSync(join(directory, 'manifest.json'))) {
    mkdirSync(place.directory, { recursive: true });
    const making = mkdtempSync(`${directory}-`);
    try {
      await place.synthesise(making);
      moveInto(making, directory);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  const now = new Date();
  utimesSync(directory, now, now);
  removeOld(place.directory, directory);
  return directory;
};
