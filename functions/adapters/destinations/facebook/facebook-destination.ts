import { randomInt } from 'node:crypto';
import { facebook } from '../../../../core/engines/activation/platforms/facebook.ts';
import type { PlatformRow } from '../../../../core/engines/activation/platforms/platform.ts';
import type {
  Delivery,
  DeliveryOutcome,
  DeliveryTarget,
  Destination,
  RemoteStatus,
  ReplaceBatch,
} from '../../../../core/ports/destination.ts';
import type { PlatformTools } from '../platform-tools.ts';
import { type NamedRow, splitDelivery } from '../split-delivery.ts';
import { type AskGraph, facebookGraph } from './facebook-graph.ts';

type Target = DeliveryTarget<'facebook'>;

/** A replace ends itself when its last batch has not come within 90 minutes. */
const replaceMinutes = 90;
const normal = 200;
/** Being filled, and being read by ads meanwhile. */
const passing = new Set([normal, 441, 450]);

/** Rows as one schema and values in its order; what a row does not have is blank. */
export const usersPayload = (rows: readonly PlatformRow[]): { schema: string[]; data: string[][] } => {
  const schema = [...new Set(rows.flatMap(Object.keys))];
  return { schema, data: rows.map(row => schema.map(name => row[name] ?? '')) };
};

const samplesIn = (answer: object): string[] =>
  'invalid_entry_samples' in answer && answer.invalid_entry_samples !== null
    ? Object.keys(answer.invalid_entry_samples as object)
    : [];

const outcomeOf = (answer: object, rows: readonly NamedRow[], refused: DeliveryOutcome['refused']): DeliveryOutcome => {
  const samples = new Set(samplesIn(answer));
  const invalid = rows.filter(({ fields }) => Object.values(fields).some(value => samples.has(value)));
  const reason = 'Facebook takes an identifier of this row for invalid';
  const remoteId = 'session_id' in answer ? String(answer.session_id) : undefined;
  return { refused: [...refused, ...invalid.map(({ row }) => ({ row, reason }))], remoteId };
};

const statusIn = (answer: object): RemoteStatus => {
  const sessions = 'data' in answer && Array.isArray(answer.data) ? answer.data : [];
  const {
    stage = '',
    num_received,
    num_invalid_entries,
  } = (sessions[0] ?? {}) as {
    stage?: string;
    num_received?: number | string;
    num_invalid_entries?: number | string;
  };
  const state = /error|fail/i.test(stage)
    ? 'failed'
    : /closed|done|complete|post_process/i.test(stage)
      ? 'done'
      : 'processing';
  return { state, received: Number(num_received ?? 0), refused: Number(num_invalid_entries ?? 0), message: stage };
};

/** Custom Audiences of Meta, by the Graph API. */
export const facebookDestination = (tools: PlatformTools): Destination<'facebook'> => {
  const graph = facebookGraph(tools);
  return {
    deliver: delivery => deliver(delivery, graph, tools),
    replace: {
      begin: async (_target, rowsEstimated) => ({
        id: String(randomInt(1, 2 ** 47)),
        startedAt: new Date(tools.now()).toISOString(),
        minutesMax: replaceMinutes,
        rowsEstimated,
      }),
      send: (delivery, batch) => replace(delivery, batch, graph, tools),
    },
    look: target => look(target, graph),
    status: async ({ place }: Target, remoteId) =>
      statusIn(await graph('GET', `${place.customAudienceId}/sessions?session_id=${encodeURIComponent(remoteId)}`)),
    createSimilar: async ({ place }, { name, ratio, country }) => {
      const { customAudienceId: origin_audience_id, adAccountId } = place;
      const account = adAccountId.startsWith('act_') ? adAccountId : `act_${adAccountId}`;
      const lookalike_spec = JSON.stringify({ ratio, country });
      const wish = { name, subtype: 'LOOKALIKE', origin_audience_id, lookalike_spec };
      const answer = await graph('POST', `${account}/customaudiences`, wish);
      return { remoteId: 'id' in answer ? String(answer.id) : '' };
    },
  };
};

const splitFor = ({ rows, place }: Delivery<'facebook'>, { sha256 }: PlatformTools) =>
  splitDelivery(rows, facebook, { sha256, extras: place.extraKeys }, EXTERN_ID => ({ EXTERN_ID }));

/** Takes out first: what is stale of a person must not take out what is new of them. */
const deliver = async (delivery: Delivery<'facebook'>, graph: AskGraph, tools: PlatformTools) => {
  const { add, remove, refused } = splitFor(delivery, tools);
  const path = `${delivery.place.customAudienceId}/users`;
  let outcome: DeliveryOutcome = { refused };
  if (remove.length > 0) {
    const answer = await graph('DELETE', path, { payload: usersPayload(remove.map(({ fields }) => fields)) });
    outcome = outcomeOf(answer, [], refused);
  }
  if (add.length === 0) return outcome;
  const answer = await graph('POST', path, { payload: usersPayload(add.map(({ fields }) => fields)) });
  return outcomeOf(answer, add, refused);
};

const replace = async (
  delivery: Delivery<'facebook'>,
  { session, sequence, last }: ReplaceBatch,
  graph: AskGraph,
  tools: PlatformTools,
): Promise<DeliveryOutcome> => {
  const { add, refused } = splitFor(delivery, tools);
  const answer = await graph('POST', `${delivery.place.customAudienceId}/usersreplace`, {
    payload: usersPayload(add.map(({ fields }) => fields)),
    session: {
      session_id: Number(session.id),
      batch_seq: sequence,
      last_batch_flag: last,
      estimated_num_total: session.rowsEstimated,
    },
  });
  return outcomeOf(answer, add, refused);
};

const look = async ({ place }: Target, graph: AskGraph) => {
  const answer = await graph('GET', `${place.customAudienceId}?fields=operation_status,approximate_count_lower_bound`);
  const { operation_status, approximate_count_lower_bound: size } = answer as {
    operation_status?: { code: number; description?: string };
    approximate_count_lower_bound?: number;
  };
  const { code = normal, description } = operation_status ?? {};
  const usable = passing.has(code) || code < 400;
  return { usable, ...(usable ? {} : { reason: `${description ?? 'it cannot be used'} (${code})` }), size };
};
