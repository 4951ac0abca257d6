import { getOptOut } from '../../../core/contract/consent.ts';
import { liveProfile } from '../../../core/flows/live-profile.ts';
import { shownOptOut } from '../../../core/flows/opt-out.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getOptOut, async ({ params: { profileId } }, { profiles }) =>
  shownOptOut(await liveProfile(profileId, profiles)),
);
