import { takeCalls } from '../../../core/contract/sdk/sdk-routes.ts';
import { callNamed } from '../../../core/engines/sdk/sdk-call.ts';
import { notFound } from '../../../core/errors.ts';
import { refuseCalls, takeBody } from '../../../core/flows/take-calls.ts';
import { asksNotToBeSold } from '../../kit/asks-not-to-be-sold.ts';
import { circumstancesOf } from '../../kit/circumstances-of.ts';
import { count } from '../../kit/log.ts';
import { metered } from '../../kit/metered.ts';
import { sdkEndpoint } from '../../kit/sdk-endpoint.ts';

export const handler = sdkEndpoint(takeCalls, async ({ event, caller, body }, services) => {
  const { call = '' } = event.pathParameters ?? {};
  const called = callNamed(call);
  if (called === undefined) throw notFound('Call', call);
  const [names, plan] = await Promise.all([services.knownNames.get(), services.trackingPlan.get()]);
  const taken = takeBody(
    called,
    body,
    { caller, names, plan, gpc: asksNotToBeSold(event.headers), ...circumstancesOf(event, services) },
    services,
  );
  const isRefused = taken.faults.length > 0 && event.headers['x-strict-mode'] === '1';
  if (!isRefused) await services.events.put(taken.fresh);
  await metered(caller, isRefused ? { ...taken, fresh: [], rejected: taken.fresh.length } : taken, services);
  if (isRefused) throw refuseCalls(taken.faults);
  if (taken.dropped > 0) count({ EventsOfBotsDropped: taken.dropped });
  return { data: event.rawPath.startsWith('/api/s/') ? { ok: true } : { success: true } };
});
