import { mergeProfiles } from '../../../core/contract/merges.ts';
import { mergeProfiles as merge } from '../../../core/flows/merge-profiles.ts';
import { shownConsents } from '../../../core/flows/show-merges.ts';
import { showProfile } from '../../../core/flows/show-profiles.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(mergeProfiles, async ({ body, caller }, services) => {
  const { primaryProfileId, secondaryProfileIds: profileIds, strategy, dryRun, note } = body;
  const reason = { kind: 'manual' as const, score: 100, by: caller.id, note };
  const request = { profileIds, primaryProfileId, strategy, reason, dryRun };
  const { state, mergeIds, merged, ...outcome } = await merge(request, { ...services, ...services.settings });
  const { fieldDecisions, consentDecisions } = outcome;
  const profile = await showProfile(state, services);
  const decided = { fieldDecisions, consentDecisions: shownConsents(consentDecisions) };
  return { profile, mergeId: mergeIds.at(-1), mergeIds, merged, dryRun, ...decided };
});
