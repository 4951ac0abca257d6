import { simulateIdentityConfig } from '../../../core/contract/matching.ts';
import { simulateIdentity } from '../../../core/flows/simulate-identity.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(simulateIdentityConfig, async ({ body }, services) =>
  simulateIdentity(body.config, body.sample, services),
);
