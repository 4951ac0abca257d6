import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { secretKeyring } from '../../functions/adapters/secret-keyring.ts';
import { tableSuppressions } from '../../functions/adapters/stores/table-suppressions.ts';
import { tableKinds } from './table-kinds.ts';

const at = Date.parse('2026-02-15T12:00:00Z');
const keyring = secretKeyring(async () => 'the secret of the test');
const said = { channels: ['email' as const], reason: 'complaint', source: 'import', at };

describe.each(tableKinds)('suppressions in $name', ({ open }) => {
  const opened = async (now = at) => {
    const table = await open();
    return { store: tableSuppressions(table, keyring, () => now), key: `email#${randomUUID()}@example.com` };
  };

  test('what was kept stands for its channels, and nothing for others', async () => {
    const { store, key } = await opened();
    await store.keep([key], said);
    const { channels: _channels, ...standing } = said;
    expect(await store.of([key, 'email#nobody'])).toEqual(new Map([[key, { email: standing }]]));
  });

  test('channels come together, and of two words on one the later one stands, whatever comes first', async () => {
    const { store, key } = await opened();
    await store.keep([key], { ...said, reason: 'later', at: at + 1 });
    await store.keep([key], said);
    await store.keep([key], { ...said, channels: ['sms'] });
    expect((await store.of([key])).get(key)).toMatchObject({
      email: { reason: 'later' },
      sms: { reason: 'complaint' },
    });
  });

  test('many at the same time lose nothing', async () => {
    const { store, key } = await opened();
    const channels = ['email', 'sms', 'tracking', 'cookies', 'all'] as const;
    await Promise.all(channels.map(channel => store.keep([key], { ...said, channels: [channel] })));
    expect(Object.keys((await store.of([key])).get(key) ?? {}).sort()).toEqual([...channels].sort());
  });

  test('what has expired stands no longer', async () => {
    const { store, key } = await opened(Date.now());
    await store.keep([key], { ...said, expiresAt: Date.now() - 5000 });
    expect(await store.of([key])).toEqual(new Map());
    await store.keep([key], { ...said, channels: ['sms'], expiresAt: Date.now() + 500_000 });
    await store.keep([key], { ...said, channels: ['email'], expiresAt: at });
    expect(Object.keys((await store.of([key])).get(key) ?? {})).toEqual(['sms']);
  });
});
