import { getStats } from '../../../core/contract/system.ts';
import { platformStats } from '../../../core/flows/platform-stats.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getStats, (_request, services) =>
  platformStats(services.settings.reportingTimezone, services),
);
