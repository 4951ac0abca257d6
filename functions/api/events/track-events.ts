import { trackEvents } from '../../../core/contract/events.ts';
import { checkBatchSize, takeEvents } from '../../../core/flows/take-events.ts';
import { asksNotToBeSold } from '../../kit/asks-not-to-be-sold.ts';
import { endpoint } from '../../kit/endpoint.ts';
import { metered } from '../../kit/metered.ts';

export const handler = endpoint(trackEvents, async ({ body, query, caller, headers }, services) => {
  checkBatchSize(body.events.length, services.settings.batchSizeMax);
  const plan = await services.trackingPlan.get();
  const idempotencyKey = headers['idempotency-key'];
  const gpc = asksNotToBeSold(headers);
  const context = { strict: query.strict, caller, idempotencyKey, sentAt: body.sentAt, plan, gpc };
  const batched = takeEvents(body.events, context, services);
  const { results, fresh, duplicates, rejected } = batched;
  const batchId = services.newId('batch');
  await services.events.put(fresh, batchId);
  await metered(caller, batched, services);
  const batch = { batchId, accepted: fresh.length, at: services.now().getTime() };
  return {
    batchId: await services.batchIds.seal(batch),
    accepted: fresh.length,
    duplicates,
    rejected,
    results: results.map(({ event, warnings, problem }, index) => ({
      index,
      ...(event ? { id: event.id } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
      ...(problem ? { error: problem } : {}),
    })),
  };
});
