import { health } from '../../../core/contract/system.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(health, async (_request, { now }) => ({
  status: 'ok' as const,
  timestamp: now().toISOString(),
}));
