import { setConsent } from '../../../core/contract/consent.ts';
import { browserConsent, shownBrowserConsent } from '../../../core/flows/browser-consent.ts';
import { setConsent as set, shownConsent } from '../../../core/flows/set-consent.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(setConsent, async ({ body, caller, requestId }, services) => {
  if (caller.kind !== 'write') return shownConsent(await set(body, requestId, services), services);
  const event = browserConsent(body, services);
  await services.events.put([event]);
  return shownBrowserConsent(event);
});
