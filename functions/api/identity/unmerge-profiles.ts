import { unmergeProfiles } from '../../../core/contract/merges.ts';
import { shownUnmerge } from '../../../core/flows/show-merges.ts';
import { unmergeProfiles as unmerge } from '../../../core/flows/unmerge-profiles.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(unmergeProfiles, async ({ params, body, caller }, services) => {
  const request = { ...body, mergeId: params.id, by: caller.id };
  const { accountCurrency } = services.settings;
  const outcome = await unmerge(request, { ...services, accountCurrency });
  return new Answer(shownUnmerge(outcome, body.dryRun), body.dryRun ? { status: 200 } : {});
});
