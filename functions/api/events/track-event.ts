import { trackEvent } from '../../../core/contract/events.ts';
import { refuseEvent, takeEvents } from '../../../core/flows/take-events.ts';
import { asksNotToBeSold } from '../../kit/asks-not-to-be-sold.ts';
import { endpoint } from '../../kit/endpoint.ts';
import { metered } from '../../kit/metered.ts';

export const handler = endpoint(trackEvent, async ({ body, query, caller, headers }, services) => {
  const batch = takeEvents(
    [body],
    {
      strict: query.strict,
      caller,
      idempotencyKey: headers['idempotency-key'],
      gpc: asksNotToBeSold(headers),
      plan: await services.trackingPlan.get(),
    },
    services,
  );
  const [taken] = batch.results;
  if (taken?.event) await services.events.put([taken.event]);
  await metered(caller, batch, services);
  if (!taken?.event) throw refuseEvent(taken?.faults ?? []);
  const { id, messageId } = taken.event;
  return {
    id,
    messageId,
    status: 'accepted' as const,
    ...(taken.warnings.length > 0 ? { warnings: taken.warnings } : {}),
  };
});
