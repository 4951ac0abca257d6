import { decideDuplicate } from '../../../core/contract/matching.ts';
import { decideDuplicate as decide } from '../../../core/flows/decide-duplicate.ts';
import { shownPair } from '../../../core/flows/shown-pair.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(decideDuplicate, async ({ params, body, caller }, services) => {
  const { accountCurrency, consentMergePolicy } = services.settings;
  const pair = await decide(params.id, body, caller.id, { ...services, accountCurrency, consentMergePolicy });
  const shown = shownPair(pair, await services.identityConfig.get());
  return { pair: shown, ...(pair.mergeId === undefined ? {} : { mergeId: pair.mergeId }) };
});
