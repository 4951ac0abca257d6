import { trackEvent } from '../../../core/contract/events.ts';
import { refuseEvent, takeEvents } from '../../../core/flows/take-events.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(trackEvent, async ({ body, query, caller, headers }, services) => {
  const batch = takeEvents(
    [body],
    { strict: query.strict, caller, idempotencyKey: headers['idempotency-key'] },
    services,
  );
  const [taken] = batch.results;
  if (!taken?.event) throw refuseEvent(taken?.faults ?? []);
  await services.events.put([taken.event]);
  const { id, messageId } = taken.event;
  return {
    id,
    messageId,
    status: 'accepted' as const,
    ...(taken.warnings.length > 0 ? { warnings: taken.warnings } : {}),
  };
});
