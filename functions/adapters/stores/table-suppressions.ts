import { createHmac } from 'node:crypto';
import { inLanes } from '../../../core/model/in-lanes.ts';
import type { Suppression, SuppressionsByChannel } from '../../../core/model/suppression.ts';
import type { Keyring } from '../../../core/ports/outlets.ts';
import type { KeptSuppression, Suppressions } from '../../../core/ports/suppressions.ts';
import { type Condition, ConditionRefused, type Item, type Table, type Value } from '../../../core/ports/table.ts';
import { keys as itemKeys } from './access-patterns.ts';

const triesMax = 20;
const lanes = 16;

/** What stands of one key, as it is kept. */
interface Standing {
  version: number;
  channels: SuppressionsByChannel;
  profileId?: string;
}

const standingIn = (item: Item | undefined): Standing =>
  (item?.s as unknown as Standing | undefined) ?? { version: 0, channels: {} };

const isNewer = (suppression: Suppression, standing: Suppression | undefined): boolean =>
  standing === undefined || suppression.at > standing.at;

/** With a suppression over what stands; the very same where it tells nothing new. */
const withSuppression = (standing: Standing, { channels, profileId, ...said }: KeptSuppression): Standing => {
  const fresh = channels.filter(channel => isNewer(said, standing.channels[channel]));
  const known = profileId === undefined || profileId === standing.profileId;
  if (fresh.length === 0 && known) return standing;
  return {
    version: standing.version + 1,
    channels: { ...standing.channels, ...Object.fromEntries(fresh.map(channel => [channel, said])) },
    ...(profileId === undefined ? {} : { profileId }),
  };
};

/** With all of them, one after the other, as one change. */
const withAll = (standing: Standing, said: readonly KeptSuppression[]): Standing => {
  const after = said.reduce(withSuppression, standing);
  return after === standing ? standing : { ...after, version: standing.version + 1 };
};

/** Epoch seconds after which nothing stands any more, if ever. */
const ttlOf = ({ channels }: Standing): { ttl?: number } => {
  const ends = Object.values(channels).map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? { ttl: Math.ceil(last / 1000) } : {};
};

const itemOf = (hash: string, standing: Standing): Item => ({
  ...itemKeys.suppression(hash),
  s: standing as unknown as Value,
  ...ttlOf(standing),
});

const absent: Condition = { attribute: 'pk', is: 'absent' };

/** One item for each key, by its keyed hash. */
export const tableSuppressions = (table: Table, keyring: Keyring, now: () => number = Date.now): Suppressions => {
  const hasher = async () => {
    const secret = await keyring.derive('suppressions');
    return (key: string): string => createHmac('sha256', secret).update(key).digest('hex');
  };
  const keepOne = async (hash: string, said: readonly KeptSuppression[]): Promise<void> => {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const before = standingIn(await table.get(itemKeys.suppression(hash), true));
      const after = withAll(before, said);
      if (after === before || (await replaced(hash, after))) return;
    }
    throw new Error('a suppression is changed all the time');
  };
  /** Most are of people of whom nothing stood: these are written together, and all others one by one. */
  const keepAll = async (byHash: ReadonlyMap<string, readonly KeptSuppression[]>): Promise<void> => {
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
  return {
    keep: async suppressions => {
      const hashOf = await hasher();
      const byHash = new Map<string, KeptSuppression[]>();
      for (const { keys, suppression } of suppressions) {
        for (const hash of new Set(keys.map(hashOf))) byHash.set(hash, [...(byHash.get(hash) ?? []), suppression]);
      }
      await keepAll(byHash);
    },
    of: async keys => {
      if (keys.length === 0) return new Map();
      const hashOf = await hasher();
      const byPk = new Map([...new Set(keys)].map(key => [itemKeys.suppression(hashOf(key)).pk, key]));
      const items = await table.getMany(
        [...byPk.keys()].map(pk => ({ ...itemKeys.suppression(''), pk })),
        true,
      );
      const found = items.map((item): [string, SuppressionsByChannel] => [byPk.get(item.pk) ?? '', standingNow(item)]);
      return new Map(found.filter(([, channels]) => Object.keys(channels).length > 0));
    },
  };
};
