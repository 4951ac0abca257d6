import { createLookalike } from '../../../core/contract/lookalikes.ts';
import { startLookalike } from '../../../core/flows/start-lookalike.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createLookalike, ({ params, body }, services) =>
  startLookalike(params.id, body, services),
);
