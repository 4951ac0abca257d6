import { getConsent } from '../../../core/contract/consent.ts';
import { liveProfile } from '../../../core/flows/live-profile.ts';
import { shownConsent } from '../../../core/flows/set-consent.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getConsent, async ({ params: { profileId } }, services) =>
  shownConsent(await liveProfile(profileId, services.profiles), services),
);
