import { listConsentHistory } from '../../../core/contract/consent.ts';
import { shownVersion } from '../../../core/engines/consent/consent-standing.ts';
import { liveProfile } from '../../../core/flows/live-profile.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listConsentHistory, async ({ params: { profileId } }, { profiles }) => {
  const { id } = await liveProfile(profileId, profiles);
  return { items: (await profiles.consentLedger(id)).map(shownVersion) };
});
