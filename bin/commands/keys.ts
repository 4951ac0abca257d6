import type { Command } from 'commander';
import { createApiKey } from '../../core/contract/api-keys.ts';
import type { Client } from '../../core/contract/client.ts';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection.ts';

interface CreateOptions {
  name: string;
  kind: string;
  scopes?: string;
  expires?: string;
}

const create = async ({ name, kind, scopes, expires }: CreateOptions, command: Command): Promise<void> => {
  const given = { name, kind, scopes: scopes?.split(',').map(scope => scope.trim()), expiresAt: expires };
  const { data: body, error } = createApiKey.body.safeParse(given);
  if (error) {
    throw new CliError(error.issues.map(issue => `--${issue.path[0]?.toString()}: ${issue.message}`).join('\n'));
  }
  const key = await openConnection(command).client.createApiKey({ body });
  console.log(`${key.id} (${key.kind}: ${key.scopes.join(', ')})`);
  console.log(`${key.key}\nThis key is shown once. Keep it where secrets are kept.`);
};

type KeyPage = Awaited<ReturnType<Client['listApiKeys']>>;

const stateOf = ({ revokedAt, expiresAt }: KeyPage['items'][number]): string => {
  if (revokedAt) return `revoked ${revokedAt}`;
  return expiresAt ? `until ${expiresAt}` : 'valid';
};

const list = async (_options: unknown, command: Command): Promise<void> => {
  const { client } = openConnection(command);
  let cursor: string | undefined;
  do {
    const page: KeyPage = await client.listApiKeys({ query: { limit: 1000, cursor } });
    for (const key of page.items) {
      console.log([key.id, key.prefix, key.kind, key.scopes.join(','), stateOf(key), key.name].join('\t'));
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
};

const revoke = async (id: string, _options: unknown, command: Command): Promise<void> => {
  await openConnection(command).client.revokeApiKey({ params: { id } });
  console.log(`Revoked ${id}: refused everywhere within 60 seconds.`);
};

/** `cdp keys create|list|revoke`. */
export const addKeysCommand = (program: Command): void => {
  const keys = program.command('keys').description('make, list and revoke API keys');
  keys
    .command('create')
    .description('make a key; it is printed once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--kind <kind>', 'secret, or write (may only send events)', 'secret')
    .option('--scopes <scopes>', 'what a secret key may do, e.g. read,write')
    .option('--expires <time>', 'when it ends, ISO 8601')
    .action(create);
  keys.command('list').description('list keys: id, prefix, kind, scopes, state, name').action(list);
  keys.command('revoke').description('revoke a key').argument('<id>').action(revoke);
};
