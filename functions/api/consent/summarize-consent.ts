import { summarizeConsent } from '../../../core/contract/consent.ts';
import { summarizeConsent as summarize } from '../../../core/flows/summarize-consent.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(summarizeConsent, async (_request, services) => {
  const { summary, asOf } = await summarize(services);
  return new Answer(summary, { meta: { asOf: new Date(asOf).toISOString() } });
});
