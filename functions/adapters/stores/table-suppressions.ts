import { createHash, createHmac } from 'node:crypto';
import { inLanes } from '../../../core/model/in-lanes.ts';
import type { Suppression, SuppressionsByChannel } from '../../../core/model/suppression.ts';
import type { Keyring } from '../../../core/ports/outlets.ts';
import { listPartitions } from '../../../core/ports/profile-store.ts';
import {
  type KeptSuppression,
  type ListedSuppression,
  type Suppressions,
  sha256Key,
  textKey,
} from '../../../core/ports/suppressions.ts';
import { type Condition, ConditionRefused, type Item, type Table, type Value } from '../../../core/ports/table.ts';
import { keys as itemKeys } from './access-patterns.ts';
import { newestOf } from './profile-list.ts';

const triesMax = 20;
const lanes = 16;

/** What stands of one key, as it is kept. */
interface Standing {
  version: number;
  channels: SuppressionsByChannel;
  profileId?: string;
  /** The kind of the key: nothing else of it is kept. */
  kind?: string;
}

const standingIn = (item: Item | undefined): Standing =>
  (item?.s as unknown as Standing | undefined) ?? { version: 0, channels: {} };

const isNewer = (suppression: Suppression, standing: Suppression | undefined): boolean =>
  standing === undefined || suppression.at > standing.at;

/** What was said of one key. */
interface Said extends KeptSuppression {
  kind: string;
}

/** With a suppression over what stands; the very same where it tells nothing new. */
const withSuppression = (standing: Standing, { channels, profileId, kind, ...said }: Said): Standing => {
  const fresh = channels.filter(channel => isNewer(said, standing.channels[channel]));
  const known = profileId === undefined || profileId === standing.profileId;
  if (fresh.length === 0 && known) return standing;
  return {
    version: standing.version + 1,
    kind,
    channels: { ...standing.channels, ...Object.fromEntries(fresh.map(channel => [channel, said])) },
    ...(profileId === undefined ? {} : { profileId }),
  };
};

/** With all of them, one after the other, as one change. */
const withAll = (standing: Standing, said: readonly Said[]): Standing => {
  const after = said.reduce(withSuppression, standing);
  return after === standing ? standing : { ...after, version: standing.version + 1 };
};

/** Epoch seconds after which nothing stands any more, if ever. */
const ttlOf = ({ channels }: Standing): { ttl?: number } => {
  const ends = Object.values(channels).map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? { ttl: Math.ceil(last / 1000) } : {};
};

const newestAt = ({ channels }: Standing): number => Math.max(...Object.values(channels).map(({ at }) => at));

const itemOf = (hash: string, standing: Standing): Item => ({
  ...itemKeys.suppression(hash),
  ...itemKeys.suppressionList(hash, newestAt(standing)),
  s: standing as unknown as Value,
  ...ttlOf(standing),
});

const absent: Condition = { attribute: 'pk', is: 'absent' };

const kindOf = (key: string): string => key.slice(0, key.indexOf('#'));
const isText = (key: string): boolean => key.startsWith(textKey(''));
const hashedText = (key: string): string =>
  sha256Key(
    createHash('sha256')
      .update(key.slice(textKey('').length))
      .digest('hex'),
  );
const hashIn = ({ pk }: Item): string => pk.slice(itemKeys.suppression('').pk.length);
const stands = ({ channels }: ListedSuppression): boolean => Object.keys(channels).length > 0;
const places = Array.from({ length: listPartitions }, (_, partition) => itemKeys.suppressionPartition(partition));

/** One item for each key, by its keyed hash. */
export const tableSuppressions = (table: Table, keyring: Keyring, now: () => number = Date.now): Suppressions => {
  const hasher = async () => {
    const secret = await keyring.derive('suppressions');
    return (key: string): string => createHmac('sha256', secret).update(key).digest('hex');
  };
  const keepOne = async (hash: string, said: readonly Said[]): Promise<void> => {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const before = standingIn(await table.get(itemKeys.suppression(hash), true));
      const after = withAll(before, said);
      if (after === before || (await replaced(hash, after))) return;
    }
    throw new Error('a suppression is changed all the time');
  };
  /** Most are of people of whom nothing stood: these are written together, and all others one by one. */
  const keepAll = async (byHash: ReadonlyMap<string, readonly Said[]>): Promise<void> => {
    const items = await table.getMany([...byHash.keys()].map(itemKeys.suppression), true);
    const standing = new Map(items.map(item => [item.pk, standingIn(item)]));
    const others = new Map(byHash);
    const fresh = [...byHash].filter(([hash]) => !standing.has(itemKeys.suppression(hash).pk));
    const puts = fresh.map(([hash, said]) => ({
      kind: 'put' as const,
      item: itemOf(hash, withAll(standingIn(undefined), said)),
      when: [absent],
    }));
    const done = puts.length > 0 ? await table.writeEach(puts) : [];
    for (const [index, [hash]] of fresh.entries()) if (done[index]) others.delete(hash);
    await inLanes([...others], lanes, async ([hash, said]) => {
      const before = standing.get(itemKeys.suppression(hash).pk);
      if (before === undefined || withAll(before, said) !== before) await keepOne(hash, said);
    });
  };
  const writes = async (hash: string, after: Standing, when: Condition[]): Promise<boolean> => {
    try {
      await table.write({ kind: 'put', item: itemOf(hash, after), when });
      return true;
    } catch (refusal) {
      if (refusal instanceof ConditionRefused) return false;
      throw refusal;
    }
  };
  /** Tells whether it did. What has expired is not read any more, and may be there for a while. */
  const replaced = async (hash: string, after: Standing): Promise<boolean> => {
    if (after.version > 1) return writes(hash, after, [{ attribute: 's.version', is: '=', value: after.version - 1 }]);
    const expired: Condition = { attribute: 'ttl', is: '<=', value: Math.floor(now() / 1000) };
    return (await writes(hash, after, [absent])) || writes(hash, after, [expired]);
  };
  const standingNow = (item: Item): SuppressionsByChannel =>
    Object.fromEntries(
      Object.entries(standingIn(item).channels).filter(([, { expiresAt }]) => (expiresAt ?? Infinity) > now()),
    );
  const listedIn = (item: Item): ListedSuppression => {
    const { version, profileId, kind = 'unknown' } = standingIn(item);
    return { id: hashIn(item), version, kind, profileId, channels: standingNow(item) };
  };
  /** Keys as they are kept, and what they are looked at for. Hashes are looked at where any was ever suppressed. */
  const keptKeys = async (keys: readonly string[]): Promise<Map<string, string>> => {
    const texts = keys.filter(isText);
    const anyHash = texts.length > 0 && (await table.get(itemKeys.suppressedHashes(), true)) !== undefined;
    const own = keys.filter(key => !isText(key)).map((key): [string, string] => [key, key]);
    return new Map([...own, ...(anyHash ? texts.map((key): [string, string] => [hashedText(key), key]) : [])]);
  };
  return {
    keep: async suppressions => {
      const hashOf = await hasher();
      const byHash = new Map<string, Said[]>();
      for (const { keys, suppression } of suppressions) {
        for (const key of new Set(keys)) {
          const hash = hashOf(key);
          byHash.set(hash, [...(byHash.get(hash) ?? []), { ...suppression, kind: kindOf(key) }]);
        }
      }
      const anyHash = suppressions.some(({ keys }) => keys.some(key => kindOf(key) === 'sha256'));
      if (anyHash) await table.write({ kind: 'put', item: { ...itemKeys.suppressedHashes() } });
      await keepAll(byHash);
    },
    of: async keys => {
      if (keys.length === 0) return new Map();
      const hashOf = await hasher();
      const kept = await keptKeys(keys);
      const byPk = new Map([...kept].map(([key, asked]) => [itemKeys.suppression(hashOf(key)).pk, asked]));
      const items = await table.getMany(
        [...byPk.keys()].map(pk => ({ ...itemKeys.suppression(''), pk })),
        true,
      );
      const found = items.map((item): [string, SuppressionsByChannel] => [byPk.get(item.pk) ?? '', standingNow(item)]);
      return new Map(found.filter(([, channels]) => Object.keys(channels).length > 0));
    },
    page: async (limit, cursor) => {
      const { items, next } = await newestOf(table, places, limit, cursor);
      const found = await table.getMany(items.map(({ pk, sk }) => ({ pk, sk })));
      const byPk = new Map(found.map(item => [item.pk, listedIn(item)]));
      const listed = items.flatMap(({ pk }) => byPk.get(pk) ?? []).filter(stands);
      return { items: listed, ...(next === undefined ? {} : { next }) };
    },
    get: async id => {
      const item = await table.get(itemKeys.suppression(id), true);
      const listed = item && listedIn(item);
      return listed && stands(listed) ? listed : undefined;
    },
    idsOf: async keys => keys.map(await hasher()),
    remove: async ({ id, version }) => {
      try {
        const when: Condition[] = [{ attribute: 's.version', is: '=', value: version }];
        await table.write({ kind: 'delete', key: itemKeys.suppression(id), when });
        return true;
      } catch (refusal) {
        if (refusal instanceof ConditionRefused) return false;
        throw refusal;
      }
    },
  };
};
