import { Problem, unprocessable } from '../errors.ts';
import { defaultIdentityConfig, type IdentityConfig } from '../model/identity-config.ts';
import type { StoredIdentityConfig } from '../model/stored-identity-config.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { type Cached, cached } from './cached.ts';
import { checkIfMatch, documentTag } from './if-match.ts';

const id = 'config';
const rememberSeconds = 30;
const triesMax = 5;

type Configs = Pick<Collection<StoredIdentityConfig>, 'get' | 'add' | 'replace'>;

/** The configuration as it holds, as of at most 30 s ago. */
export const rememberedIdentityConfig = (stored: Configs, now: () => Date): Cached<IdentityConfig> =>
  cached(async () => (await stored.get(id))?.config ?? defaultIdentityConfig, rememberSeconds, now);

/** As it is answered: version 0 is what holds as long as nobody changed anything. */
export const showIdentityConfig = (stored: StoredIdentityConfig | undefined) => {
  const { config = defaultIdentityConfig, version = 0, changedAt, changedBy } = stored ?? {};
  return {
    ...config,
    version,
    ...(changedAt === undefined ? {} : { changedAt }),
    ...(changedBy === undefined ? {} : { changedBy }),
  };
};

export const identityConfigTag = (stored: StoredIdentityConfig | undefined): string =>
  documentTag(stored ?? { version: 0 });

export const readIdentityConfig = (stored: Configs): Promise<StoredIdentityConfig | undefined> => stored.get(id);

type Changes = { [Key in keyof IdentityConfig]?: IdentityConfig[Key] | undefined };

/** The configuration with some of it changed. @throws Problem `VALIDATION_FAILED` where it does not hold together */
export const changedConfig = (before: IdentityConfig, changes: Changes, path = 'body'): IdentityConfig => {
  const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const config: IdentityConfig = { ...before, ...named };
  const inOrder = ['possibleMatch', 'probableMatch', 'exactMatch'] as const;
  const acted = ['possibleMatch', 'manualReviewThreshold', 'autoMergeThreshold'] as const;
  for (const names of [inOrder, acted])
    for (const [index, name] of names.slice(0, -1).entries()) {
      const next = names[index + 1];
      if (next && config[name] > config[next]) throw unprocessable(`${path}.${name}`, `is at most ${next}`);
    }
  if (Object.values(config.weights).every(weight => weight === 0))
    throw unprocessable(`${path}.weights`, 'has at least one above 0');
  return config;
};

interface ConfigChange {
  changes: Changes;
  ifMatch: string | undefined;
  callerId: string;
}

interface UpdateTools {
  identityConfigs: Configs;
  identityConfig: Cached<IdentityConfig>;
  now: () => Date;
}

/**
 * Changes the configuration; what is not named stays as it is.
 *
 * @throws Problem `VALIDATION_FAILED` @throws Problem `PRECONDITION_FAILED` @throws Problem `CONFLICT`
 */
export const updateIdentityConfig = async (
  { changes, ifMatch, callerId }: ConfigChange,
  { identityConfigs, identityConfig, now }: UpdateTools,
): Promise<StoredIdentityConfig> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await identityConfigs.get(id);
    checkIfMatch(ifMatch, identityConfigTag(before));
    const config = changedConfig(before?.config ?? defaultIdentityConfig, changes);
    const version = (before?.version ?? 0) + 1;
    const after = { id, version, config, changedAt: now().toISOString(), changedBy: callerId };
    if (await isKept(after, identityConfigs)) {
      identityConfig.drop();
      return after;
    }
  }
  throw new Problem('CONFLICT', 'The configuration is changed all the time; try again');
};

const isKept = async (after: StoredIdentityConfig, stored: Configs): Promise<boolean> => {
  try {
    await (after.version === 1 ? stored.add(after) : stored.replace(after));
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
