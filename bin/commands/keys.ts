import type { Command } from 'commander';
import { createApiKey } from '../../core/contract/api-keys.ts';
import { type Client, openClient } from '../../core/contract/client.ts';
import { firstAdminKey } from '../../functions/adapters/first-admin.ts';
import { secretKeyring, secretReader } from '../../functions/adapters/secret-keyring.ts';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection.ts';

interface CreateOptions {
  name: string;
  kind: string;
  scopes?: string;
  role?: string;
  rateLimit?: string;
  expires?: string;
}

/** `none` is no limit at all. */
const limitOf = (text: string | undefined): number | null | undefined => {
  if (text === undefined) return undefined;
  return text === 'none' ? null : Number(text);
};

const print = (key: { id: string; kind: string; scopes: readonly string[]; key: string }): void => {
  console.log(`${key.id} (${key.kind}: ${key.scopes.join(', ')})`);
  console.log(`${key.key}\nThis key is shown once. Keep it where secrets are kept.`);
};

const create = async (options: CreateOptions, command: Command): Promise<void> => {
  const { name, kind, scopes, role, expires, rateLimit } = options;
  const given = {
    name,
    kind,
    role,
    scopes: scopes?.split(',').map(scope => scope.trim()),
    expiresAt: expires,
    rateLimitPerMinute: limitOf(rateLimit),
  };
  const { data: body, error } = createApiKey.body.safeParse(given);
  if (error) {
    throw new CliError(error.issues.map(issue => `--${issue.path[0]?.toString()}: ${issue.message}`).join('\n'));
  }
  print(await openConnection(command).client.createApiKey({ body }));
};

const rotate = async (id: string, { grace }: { grace: string }, command: Command): Promise<void> => {
  const graceSeconds = Number(grace);
  print(await openConnection(command).client.rotateApiKey({ params: { id }, body: { graceSeconds } }));
  console.log(graceSeconds === 0 ? 'The old key has ended.' : `The old key is taken for ${graceSeconds} more seconds.`);
};

/** The first admin of a deployment: whoever may read the platform secret with their AWS credentials. */
const bootstrap = async ({ secretArn, name }: { secretArn: string; name: string }, command: Command): Promise<void> => {
  const { url } = command.optsWithGlobals<{ url: string }>();
  const keyring = secretKeyring(() => secretReader()(secretArn));
  const client = openClient({ baseUrl: url, key: await firstAdminKey(keyring, 'first', Date.now()) });
  print(await client.createApiKey({ body: { name, role: 'admin' } }));
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

/** `cdp keys create|list|rotate|revoke|bootstrap`. */
export const addKeysCommand = (program: Command): void => {
  const keys = program.command('keys').description('make, list, rotate and revoke API keys');
  keys
    .command('create')
    .description('make a key; it is printed once')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--kind <kind>', 'secret, or write (may only send events)', 'secret')
    .option('--scopes <scopes>', 'what a secret key may do, e.g. read,write')
    .option('--role <role>', 'in place of scopes: admin, marketer, analyst, privacy or read-only')
    .option('--expires <time>', 'when it ends, ISO 8601')
    .option('--rate-limit <requests>', 'requests a minute, or none')
    .action(create);
  keys.command('list').description('list keys: id, prefix, kind, scopes, state, name').action(list);
  keys
    .command('rotate')
    .description('give a key a new secret; it is printed once')
    .argument('<id>')
    .option('--grace <seconds>', 'how long the old one goes on being taken', '86400')
    .action(rotate);
  keys
    .command('bootstrap')
    .description('make the first admin key of a deployment, as long as it has no admin')
    .requiredOption('--secret-arn <arn>', 'the platform secret: the output PlatformSecretArn of the data stack')
    .option('--name <name>', 'what the key is for', 'First admin')
    .action(bootstrap);
  keys.command('revoke').description('revoke a key').argument('<id>').action(revoke);
};
