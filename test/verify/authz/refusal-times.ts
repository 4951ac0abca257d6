import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSecret, keyVerifier, type StoredApiKey } from '../../../functions/adapters/key-verifier.ts';
import { secretKeyring } from '../../../functions/adapters/secret-keyring.ts';
import { keys } from '../../../functions/adapters/stores/access-patterns.ts';
import { tableCollection } from '../../../functions/adapters/stores/table-collection.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { percentile } from '../load/offered-load.ts';

type VerifyKey = ReturnType<typeof keyVerifier>;

const keyring = secretKeyring(async () => 'pepper');
const secret = 'ab'.repeat(24);
const at = '2026-02-15T12:00:00.000Z';
const textOf = (n: number): string => `cdp_test_${String(n).padStart(26, '0')}_${secret}`;
const idOf = (n: number): string => `key-${String(n).padStart(26, '0')}`;

/** A table takes a while to answer; that is what would tell a refusal that does not ask it. */
const readMilliseconds = 3;
const rounds = 60;

/** Every kind of text that is refused. */
const refused = {
  malformed: 'nonsense-that-is-no-key',
  'too short': 'x',
  unknown: textOf(9),
  wrong: textOf(1).replace(/b$/, 'c'),
  expired: textOf(2),
  revoked: textOf(3),
} as const;

const openVerifier = async (): Promise<VerifyKey> => {
  const apiKeys = tableCollection<StoredApiKey>(memoryTable(), keys.apiKey);
  const ends = [{}, { expiresAt: at }, { revokedAt: at }];
  for (const [index, end] of ends.entries()) {
    const hash = await hashSecret(keyring, secret);
    const fixed = { version: 1, name: 'x', kind: 'secret' as const, scopes: ['read' as const], fieldPolicy: {} };
    await apiKeys.add({ ...fixed, id: idOf(index + 1), prefix: 'cdp_test', createdAt: at, hash, ...end });
  }
  const get: typeof apiKeys.get = async id => {
    await sleep(readMilliseconds);
    return apiKeys.get(id);
  };
  return keyVerifier({ get }, keyring);
};

/** How much longer the slowest kind of refusal takes than the quickest, by their medians; taken in turns. */
const spreadOf = async (verify: VerifyKey): Promise<number> => {
  const times = Object.values(refused).map(text => ({ text, milliseconds: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { text, milliseconds } of times) {
      const before = performance.now();
      if (await verify(text)) throw new Error(`${text} is taken`);
      milliseconds.push(performance.now() - before);
    }
  }
  const medians = times.map(({ milliseconds }) => percentile(milliseconds, 0.5));
  return Math.max(...medians) / Math.min(...medians);
};

/** `control`: of a verifier that refuses at once what does not look like a key. */
export const refusalTimes = async (): Promise<{ spread: number; control: number }> => {
  const verify = await openVerifier();
  const hasty: VerifyKey = async text => (text.startsWith('cdp_') ? verify(text) : undefined);
  return { spread: await spreadOf(verify), control: await spreadOf(hasty) };
};
