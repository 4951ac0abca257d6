import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Client, openClient } from '../core/contract/client.ts';
import { CliError } from './cli-error.ts';
import { patientFetch } from './patient-fetch.ts';

export interface Connection {
  url: string;
  client: Client;
}

/** Where the local platform keeps its state: `CDP_STATE_DIR`, else `.cdp` here. */
export const stateDirectory = (): string => process.env.CDP_STATE_DIR ?? '.cdp';

/** The admin key that the local platform made for itself, when it has run here. */
const localKey = (): string | undefined => {
  const file = join(stateDirectory(), 'keys.json');
  if (!existsSync(file)) return undefined;
  const keys = JSON.parse(readFileSync(file, 'utf8')) as { adminKey?: string };
  return keys.adminKey;
};

/** Opens the client by the program's options `--url` and `--key`. */
export const openConnection = (command: Command): Connection => {
  const { url, key } = command.optsWithGlobals<{ url: string; key?: string }>();
  const used = key ?? process.env.CDP_KEY ?? process.env.CDP_ADMIN_KEY ?? localKey();
  if (!used) {
    throw new CliError('No API key: give one with --key or CDP_KEY, or run this where `npm start` was run.');
  }
  if (!URL.canParse(url)) throw new CliError(`--url ${url} is not a URL, such as http://localhost:3001.`);
  return { url, client: openClient({ baseUrl: url, key: used, fetch: patientFetch() }) };
};
