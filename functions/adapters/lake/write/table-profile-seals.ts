import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { ProfileSeal, ProfileSeals } from '../../../../core/ports/profile-seals.ts';
import type { Item, Key, Table } from '../../../../core/ports/table.ts';

const algorithm = 'aes-256-gcm';
const [keyBytes, nonceBytes, tagBytes] = [32, 12, 16];
/** Of 64 bits, in hexadecimal. */
const pseudonymLetters = 16;
/** Keys of people who were just active. */
const rememberedMax = 50_000;

/** AES-256-GCM: nonce, text and tag, in base64. */
export const profileSeal = (key: Uint8Array): ProfileSeal => ({
  seal: (text, bound) => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(bound));
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
  },
  open: (sealed, bound) => {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8');
  },
  pseudonym: value => createHmac('sha256', key).update(`pseudonym ${value}`).digest('hex').slice(0, pseudonymLetters),
});

/** Without a key: it was destroyed. */
const sealIn = (item: Item): ProfileSeal | undefined =>
  item.k === undefined ? undefined : profileSeal(item.k as Uint8Array);

const keyOf = (profileId: string): Key => ({ pk: `K#${profileId}`, sk: 'K' });
const profileIdOf = ({ pk }: Item): string => pk.slice('K#'.length);

/** One item for each profile, in a table of its own. */
export const tableProfileSeals = (table: Table): ProfileSeals => {
  const remembered = new Map<string, ProfileSeal>();
  const remember = (profileId: string, seal: ProfileSeal): void => {
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(profileId, seal);
  };
  const read = async (profileIds: readonly string[]): Promise<Map<string, ProfileSeal | undefined>> => {
    const items = profileIds.length === 0 ? [] : await table.getMany(profileIds.map(keyOf), true);
    return new Map(items.map(item => [profileIdOf(item), sealIn(item)]));
  };
  /** Somebody else may make one at the same time: the first one holds, so all are read again. */
  const make = async (profileIds: readonly string[]): Promise<Map<string, ProfileSeal | undefined>> => {
    if (profileIds.length === 0) return new Map();
    await table.writeEach(
      profileIds.map(id => ({
        kind: 'put',
        item: { ...keyOf(id), k: new Uint8Array(randomBytes(keyBytes)) },
        when: [{ attribute: 'pk', is: 'absent' }],
      })),
    );
    return read(profileIds);
  };
  return {
    toSeal: async profileIds => {
      const seals = new Map<string, ProfileSeal>();
      const unknown: string[] = [];
      for (const id of new Set(profileIds)) {
        const seal = remembered.get(id);
        if (seal) seals.set(id, seal);
        else unknown.push(id);
      }
      const there = await read(unknown);
      const made = await make(unknown.filter(id => !there.has(id)));
      for (const [id, seal] of [...there, ...made]) {
        if (!seal) continue;
        seals.set(id, seal);
        remember(id, seal);
      }
      return seals;
    },
    toOpen: async profileIds => {
      const there = await read([...new Set(profileIds)]);
      return new Map([...there].flatMap(([id, seal]): [string, ProfileSeal][] => (seal ? [[id, seal]] : [])));
    },
    destroy: async profileId => {
      remembered.delete(profileId);
      await table.write({ kind: 'put', item: { ...keyOf(profileId) } });
    },
  };
};
