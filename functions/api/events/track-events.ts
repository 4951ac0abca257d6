import { trackEvents } from '../../../core/contract/events.ts';
import { checkBatchSize, takeEvents } from '../../../core/flows/take-events.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(trackEvents, async ({ body, query, caller, headers }, services) => {
  checkBatchSize(body.events.length, services.settings.batchSizeMax);
  const context = { strict: query.strict, caller, idempotencyKey: headers['idempotency-key'], sentAt: body.sentAt };
  const { results, fresh, duplicates, rejected } = takeEvents(body.events, context, services);
  const batchId = services.newId('batch');
  await services.events.put(fresh, batchId);
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
