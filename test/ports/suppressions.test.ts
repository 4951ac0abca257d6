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
    await store.keep([{ keys: [key], suppression: said }]);
    const { channels: _channels, ...standing } = said;
    expect(await store.of([key, 'email#nobody'])).toEqual(new Map([[key, { email: standing }]]));
  });

  test('channels come together, and of two words on one the later one stands, whatever comes first', async () => {
    const { store, key } = await opened();
    await store.keep([{ keys: [key], suppression: { ...said, reason: 'later', at: at + 1 } }]);
    await store.keep([{ keys: [key], suppression: said }]);
    await store.keep([{ keys: [key], suppression: { ...said, channels: ['sms'] } }]);
    expect((await store.of([key])).get(key)).toMatchObject({
      email: { reason: 'later' },
      sms: { reason: 'complaint' },
    });
  });

  test('many at the same time lose nothing', async () => {
    const { store, key } = await opened();
    const channels = ['email', 'sms', 'tracking', 'cookies', 'all'] as const;
    await Promise.all(
      channels.map(channel => store.keep([{ keys: [key], suppression: { ...said, channels: [channel] } }])),
    );
    expect(Object.keys((await store.of([key])).get(key) ?? {}).sort()).toEqual([...channels].sort());
  });

  test('many are kept together, of several of one key each, and the same again changes nothing', async () => {
    const { store, key } = await opened();
    await store.keep([{ keys: [key], suppression: { ...said, reason: 'before', at: at - 1 } }]);
    const others = Array.from({ length: 60 }, (_, n) => `phone#${key}-${n}`);
    const all = [
      ...others.map(one => ({ keys: [one, key], suppression: { ...said, channels: ['sms' as const] } })),
      { keys: [key, key], suppression: said },
      { keys: [others[0] ?? ''], suppression: { ...said, reason: 'older', channels: ['sms' as const], at: at - 1 } },
      { keys: [others[0] ?? ''], suppression: { ...said, reason: 'newer', at: at + 1 } },
    ];
    await store.keep(all);
    const standing = await store.of([key, ...others]);
    expect(standing.size).toBe(61);
    expect(standing.get(key)).toMatchObject({ email: { reason: 'complaint' }, sms: { reason: 'complaint' } });
    expect(standing.get(others[0] ?? '')).toMatchObject({ email: { reason: 'newer' }, sms: { reason: 'complaint' } });
    await store.keep(all);
    expect(await store.of([key, ...others])).toEqual(standing);
  });

  test('what has expired stands no longer', async () => {
    const { store, key } = await opened(Date.now());
    await store.keep([{ keys: [key], suppression: { ...said, expiresAt: Date.now() - 5000 } }]);
    expect(await store.of([key])).toEqual(new Map());
    await store.keep([{ keys: [key], suppression: { ...said, channels: ['sms'], expiresAt: Date.now() + 500_000 } }]);
    await store.keep([{ keys: [key], suppression: { ...said, channels: ['email'], expiresAt: at } }]);
    expect(Object.keys((await store.of([key])).get(key) ?? {})).toEqual(['sms']);
  });
});
