import { beforeAll, describe, expect, test, vi } from 'vitest';
import { routes } from '../../../core/contract/index.ts';
import type { Route } from '../../../core/contract/route.ts';
import { grantedScopes } from '../../../core/model/caller.ts';
import { log } from '../../../functions/kit/log.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import { seedPlatform } from '../../fixtures/seed-platform.ts';

const given = { klaviyo: 'pk_a-secret-of-klaviyo', webhook: `whsec_${Buffer.alloc(32, 7).toString('base64')}` };
/** Made by the platform, and shown once when they are made. */
const made: string[] = [];
let platform: Platform;
let logged = '';

const secretOf = (key: string): string => key.split('_')[3] ?? key;

const fill = async (): Promise<void> => {
  await seedPlatform(platform);
  const key = (await platform.call('createApiKey', { body: { name: 'One', scopes: ['read'] } })).data;
  const rotated = (await platform.call('rotateApiKey', { params: { id: key.id }, body: {} })).data;
  const events = ['job.failed' as const];
  const url = 'https://example.com/hook';
  await platform.call('createWebhook', { body: { url, events, secret: given.webhook } });
  const webhook = (await platform.call('createWebhook', { body: { url, events } })).data;
  const source = (await platform.call('createSource', { body: { name: 'Shop', kind: 'web' } })).data;
  const secrets = { apiKey: given.klaviyo };
  await platform.call('configureIntegration', { params: { name: 'klaviyo' }, body: { secrets } });
  const { hash = '' } = (await platform.services.apiKeys.get(key.id)) ?? {};
  made.push(
    secretOf(key.key),
    secretOf(rotated.key),
    webhook.secret.slice('whsec_'.length),
    secretOf(source.key),
    hash,
  );
};

const idOf = ({ id, capability }: Route): string => seedPlatform.ids[id] ?? seedPlatform.ids[capability] ?? '';

const readAll = (): Promise<string[]> =>
  Promise.all(
    routes
      .filter(({ method, path }) => method === 'GET' && !path.endsWith('/stream'))
      .map(async ({ id, path, capability, ...route }) => {
        const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
        const params = Object.fromEntries(names.map(name => [name, idOf({ ...route, id, path, capability } as Route)]));
        return (await platform.call(id as 'health', { params })).text;
      }),
  );

beforeAll(async () => {
  const streams = [process.stdout, process.stderr].map(stream =>
    vi.spyOn(stream, 'write').mockImplementation(text => {
      logged += String(text);
      return true;
    }),
  );
  const level = log.getLevelName();
  log.setLogLevel('DEBUG');
  platform = await openPlatform();
  await fill();
  log.setLogLevel(level);
  for (const stream of streams) stream.mockRestore();
});

/** Liveness, and the link of a double opt-in, whose single-use token says who may. */
const open: readonly string[] = ['health', 'confirmConsent'];

test.each(routes)('$id needs a scope, or is one of those that are open', ({ id, scope }) => {
  expect(open.includes(id) ? ['public'] : grantedScopes).toContain(scope);
});

describe('what is secret', () => {
  test('is in no answer to an admin who reads everything', async () => {
    const answers = await readAll();
    expect(answers.length).toBeGreaterThan(20);
    for (const text of answers)
      for (const secret of [...made, ...Object.values(given)]) expect(text).not.toContain(secret);
  });

  test('is in no line of the log of whoever made it', () => {
    expect(logged).toContain('"route":"createApiKey"');
    for (const secret of [...made, ...Object.values(given)]) expect(logged).not.toContain(secret);
  });

  test('is kept nowhere as it is', () => {
    const [, , , , hash = ''] = made;
    const kept = JSON.stringify(platform.changes);
    expect(kept).toContain(hash);
    for (const secret of [...made.slice(0, 4), ...Object.values(given)]) expect(kept).not.toContain(secret);
  });
});
