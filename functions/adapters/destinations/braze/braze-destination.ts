import { braze } from '../../../../core/engines/activation/platforms/braze.ts';
import {
  type Delivery,
  DeliveryFailed,
  type DeliveryOutcome,
  type Destination,
} from '../../../../core/ports/destination.ts';
import { originOf } from '../platform-connection.ts';
import { faultOfStatus, isTaken, type PlatformAnswer, retryAfterOf } from '../platform-request.ts';
import type { PlatformTools } from '../platform-tools.ts';
import { splitDelivery } from '../split-delivery.ts';

const instances = /^rest\.[a-z0-9-]+\.braze\.(com|eu)$/;
const limited = 429;

/** Seconds until the limit of calls begins anew. */
const resetSeconds = ({ headers, status }: PlatformAnswer, now: number): number | undefined => {
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN);
  return status === limited && Number.isFinite(reset) ? Math.max(0, Math.ceil(reset - now / 1000)) : undefined;
};

const fault = (answer: PlatformAnswer, now: number): DeliveryFailed => {
  const { message = 'no reason was given' } = (answer.body ?? {}) as { message?: string };
  const wait = retryAfterOf(answer) ?? resetSeconds(answer, now);
  return new DeliveryFailed(`Braze: ${message} (${answer.status})`, faultOfStatus(answer.status), wait);
};

const track = async (attributes: readonly object[], { ask, connect, standIns, now }: PlatformTools) => {
  const connection = await connect('braze');
  const { endpoint = '' } = connection.settings;
  if (!connection.standIn && !instances.test(endpoint)) {
    throw new DeliveryFailed('the endpoint of braze is none of its REST endpoints', 'unauthorized');
  }
  const url = `${originOf('braze', connection, `https://${endpoint}`, standIns)}/users/track`;
  const headers = { authorization: `Bearer ${connection.secrets.apiKey ?? ''}` };
  const answer = await ask({ url, method: 'POST', headers, body: { attributes } });
  if (!isTaken(answer)) throw fault(answer, now());
  const { errors = [] } = (answer.body ?? {}) as { errors?: { type?: string; index?: number }[] };
  return new Map(
    errors.flatMap(({ type = 'was refused', index }) => (index === undefined ? [] : [[index, type] as const])),
  );
};

const deliver = async (
  { rows, audienceId, place: { attribute } }: Delivery<'braze'>,
  tools: PlatformTools,
): Promise<DeliveryOutcome> => {
  const split = splitDelivery(rows, braze, { sha256: tools.sha256 }, external_id => ({ external_id }));
  const removed = split.remove.map(({ row, fields: { external_id } }) => ({
    row,
    attributes: { external_id, _update_existing_only: true, [attribute]: { remove: [audienceId] } },
  }));
  const added = split.add.map(({ row, fields }) => ({
    row,
    attributes: { ...fields, [attribute]: { add: [audienceId] } },
  }));
  const all = [...removed, ...added];
  if (all.length === 0) return { refused: split.refused };
  const errors = await track(
    all.map(one => one.attributes),
    tools,
  );
  const refused = all.flatMap(({ row }, index) => {
    const reason = errors.get(index);
    return reason === undefined ? [] : [{ row, reason }];
  });
  return { refused: [...split.refused, ...refused] };
};

/** Users of Braze: the id of the audience is added to an array attribute of each, which segments there can ask for. */
export const brazeDestination = (tools: PlatformTools): Destination<'braze'> => ({
  deliver: delivery => deliver(delivery, tools),
});
