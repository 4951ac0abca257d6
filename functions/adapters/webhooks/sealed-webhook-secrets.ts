import type { Keyring } from '../../../core/ports/outlets.ts';
import type { WebhookSecrets } from '../../../core/ports/webhook-secrets.ts';
import { sealedTexts } from '../sealed-texts.ts';

/** Secrets of receivers, made from the deployment's own and sealed with it. */
export const sealedWebhookSecrets = (keyring: Keyring): WebhookSecrets => ({
  ...sealedTexts(keyring, 'webhook-secrets'),
  make: async purpose => `whsec_${Buffer.from(await keyring.derive(`webhook-secret:${purpose}`)).toString('base64')}`,
});
