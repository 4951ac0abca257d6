import { expect, test } from 'vitest';
import { secretKeyring } from '../../../../functions/adapters/secret-keyring.ts';
import { sealedWebhookSecrets } from '../../../../functions/adapters/webhooks/sealed-webhook-secrets.ts';

const secrets = sealedWebhookSecrets(secretKeyring(async () => 'the secret of this test'));

test('a secret is made for a purpose, and is the same for the same one', async () => {
  const made = await secrets.make('a');
  expect(made).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(await secrets.make('a')).toBe(made);
  expect(await secrets.make('b')).not.toBe(made);
});

test('what is kept of it tells nothing, and is different every time', async () => {
  const made = await secrets.make('a');
  const sealed = [await secrets.seal(made), await secrets.seal(made)];
  expect(new Set(sealed).size).toBe(2);
  for (const one of sealed) {
    expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain(made.slice(6, 20));
    expect(await secrets.open(one)).toBe(made);
  }
});

test('what was changed, or sealed elsewhere, is not opened', async () => {
  const sealed = Buffer.from(await secrets.seal(await secrets.make('a')), 'base64');
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  await expect(secrets.open(sealed.toString('base64'))).rejects.toThrow();
  const foreign = sealedWebhookSecrets(secretKeyring(async () => 'another secret'));
  await expect(secrets.open(await foreign.seal('whsec_x'))).rejects.toThrow();
});
