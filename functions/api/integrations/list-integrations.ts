import { listIntegrations } from '../../../core/contract/integrations.ts';
import { shownIntegration } from '../../../core/flows/shown-integration.ts';
import { integrationNames } from '../../../core/model/integration-catalogue.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listIntegrations, async (_request, { integrations }) => {
  const stored = new Map((await integrations.all()).map(one => [one.id, one]));
  return { items: integrationNames.map(name => shownIntegration(name, stored.get(name))) };
});
