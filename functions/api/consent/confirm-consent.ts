import { confirmConsent } from '../../../core/contract/consent.ts';
import { confirmConsent as confirm } from '../../../core/flows/confirm-consent.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(confirmConsent, async ({ body: { token }, requestId }, services) => ({
  confirmed: await confirm(token, requestId, services),
}));
