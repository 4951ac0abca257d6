import { createHmac } from 'node:crypto';
import type { Suppression, SuppressionsByChannel } from '../../../core/model/suppression.ts';
import type { Keyring } from '../../../core/ports/outlets.ts';
import type { KeptSuppression, Suppressions } from '../../../core/ports/suppressions.ts';
import { type Condition, ConditionRefused, type Item, type Table, type Value } from '../../../core/ports/table.ts';
import { keys as itemKeys } from './access-patterns.ts';

const triesMax = 20;

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

/** Epoch seconds after which nothing stands any more, if ever. */
const ttlOf = ({ channels }: Standing): { ttl?: number } => {
  const ends = Object.values(channels).map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? { ttl: Math.ceil(last / 1000) } : {};
};

/** One item for each key, by its keyed hash. */
export const tableSuppressions = (table: Table, keyring: Keyring, now: () => number = Date.now): Suppressions => {
  const hasher = async () => {
    const secret = await keyring.derive('suppressions');
    return (key: string): string => createHmac('sha256', secret).update(key).digest('hex');
  };
  const keepOne = async (hash: string, suppression: KeptSuppression): Promise<void> => {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const before = standingIn(await table.get(itemKeys.suppression(hash), true));
      const after = withSuppression(before, suppression);
      if (after === before || (await replaced(hash, after))) return;
    }
    throw new Error('a suppression is changed all the time');
  };
  const writes = async (hash: string, after: Standing, when: Condition[]): Promise<boolean> => {
    const item = { ...itemKeys.suppression(hash), s: after as unknown as Value, ...ttlOf(after) };
    try {
      await table.write({ kind: 'put', item, when });
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
    return (await writes(hash, after, [{ attribute: 'pk', is: 'absent' }])) || writes(hash, after, [expired]);
  };
  const standingNow = (item: Item): SuppressionsByChannel =>
    Object.fromEntries(
      Object.entries(standingIn(item).channels).filter(([, { expiresAt }]) => (expiresAt ?? Infinity) > now()),
    );
  return {
    keep: async (keys, suppression) => {
      const hashOf = await hasher();
      for (const key of new Set(keys)) await keepOne(hashOf(key), suppression);
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
