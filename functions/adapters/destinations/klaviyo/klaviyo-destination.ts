import { klaviyo } from '../../../../core/engines/activation/platforms/klaviyo.ts';
import type { PlatformRow } from '../../../../core/engines/activation/platforms/platform.ts';
import {
  type Delivery,
  DeliveryFailed,
  type DeliveryOutcome,
  type Destination,
  type RemoteStatus,
} from '../../../../core/ports/destination.ts';
import { isTaken } from '../platform-request.ts';
import type { PlatformTools } from '../platform-tools.ts';
import { type NamedRow, splitDelivery } from '../split-delivery.ts';
import { type AskKlaviyo, klaviyoClient, klaviyoFault, refusedProfiles, taken } from './klaviyo-client.ts';

/** People are looked up so many at once. */
const lookedUpMax = 100;
const looksMax = 20;
const lookMilliseconds = 1000;
const gone = 404;

interface JobAttributes {
  status?: string;
  completed_count?: number;
  failed_count?: number;
}

/** A profile as an import job takes it; what stands in `location` is kept together there. */
export const profileOf = ({ city, region, zip, country, ...attributes }: PlatformRow) => {
  const location = {
    ...(city && { city }),
    ...(region && { region }),
    ...(zip && { zip }),
    ...(country && { country }),
  };
  const where = Object.keys(location).length === 0 ? {} : { location };
  return { type: 'profile', attributes: { ...attributes, ...where } };
};

const jobIn = (body: unknown): { id: string; attributes: JobAttributes } => {
  const { data } = (body ?? {}) as { data?: { id?: string; attributes?: JobAttributes } };
  return { id: data?.id ?? '', attributes: data?.attributes ?? {} };
};

const statusOf = ({ status, completed_count, failed_count }: JobAttributes): RemoteStatus => ({
  state: status === 'complete' ? 'done' : status === 'cancelled' ? 'failed' : 'processing',
  received: completed_count,
  refused: failed_count,
  message: status,
});

const importJob = (rows: readonly NamedRow[], listId: string) => ({
  data: {
    type: 'profile-bulk-import-job',
    attributes: { profiles: { data: rows.map(({ fields }) => profileOf(fields)) } },
    relationships: { lists: { data: [{ type: 'list', id: listId }] } },
  },
});

/**
 * Waits until the people of an import are there: whoever is taken out a moment later must be found, and must not be put
 * in again by what is still under way.
 */
const finished = async (jobId: string, klaviyoApi: AskKlaviyo, { pause }: PlatformTools): Promise<JobAttributes> => {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const { attributes } = jobIn(taken(await klaviyoApi('GET', `profile-bulk-import-jobs/${jobId}`)).body);
    if (statusOf(attributes).state !== 'processing') return attributes;
    await pause(lookMilliseconds);
  }
  throw new DeliveryFailed(`Klaviyo has not finished its import job ${jobId} yet`, 'unavailable');
};

const failedRows = async (jobId: string, rows: readonly NamedRow[], klaviyoApi: AskKlaviyo) => {
  const answer = taken(await klaviyoApi('GET', `profile-bulk-import-jobs/${jobId}/import-errors`));
  const { data = [] } = answer.body as {
    data?: { attributes?: { detail?: string; original_payload?: { external_id?: string } } }[];
  };
  const byPerson = new Map(rows.map(({ row, fields }) => [fields.external_id, row]));
  return data.flatMap(({ attributes }) => {
    const row = byPerson.get(attributes?.original_payload?.external_id);
    return row === undefined ? [] : [{ row, reason: attributes?.detail ?? 'was refused' }];
  });
};

/** Brings rows into the list. Profiles that the request names as refused are left out of a second try. */
const add = async (
  rows: readonly NamedRow[],
  listId: string,
  klaviyoApi: AskKlaviyo,
  tools: PlatformTools,
): Promise<DeliveryOutcome> => {
  if (rows.length === 0) return { refused: [] };
  const answer = await klaviyoApi('POST', 'profile-bulk-import-jobs', importJob(rows, listId));
  const named = refusedProfiles(answer);
  if (!isTaken(answer)) {
    if (named.size === 0) throw klaviyoFault(answer);
    const rest = rows.filter((_row, index) => !named.has(index));
    const refused = [...named].flatMap(([index, reason]) => {
      const row = rows[index]?.row;
      return row === undefined ? [] : [{ row, reason }];
    });
    const outcome = await add(rest, listId, klaviyoApi, tools);
    return { ...outcome, refused: [...refused, ...outcome.refused] };
  }
  const { id } = jobIn(answer.body);
  const { failed_count = 0 } = await finished(id, klaviyoApi, tools);
  return { refused: failed_count === 0 ? [] : await failedRows(id, rows, klaviyoApi), remoteId: id };
};

/** What Klaviyo calls these people. */
const profileIdsOf = async (externalIds: readonly string[], klaviyoApi: AskKlaviyo): Promise<string[]> => {
  const ids: string[] = [];
  for (let start = 0; start < externalIds.length; start += lookedUpMax) {
    const filter = `any(external_id,${JSON.stringify(externalIds.slice(start, start + lookedUpMax))})`;
    const query = `filter=${encodeURIComponent(filter)}&page[size]=${lookedUpMax}&fields[profile]=external_id`;
    const { data = [] } = taken(await klaviyoApi('GET', `profiles?${query}`)).body as { data?: { id: string }[] };
    ids.push(...data.map(({ id }) => id));
  }
  return ids;
};

const remove = async (rows: readonly NamedRow[], listId: string, klaviyoApi: AskKlaviyo): Promise<void> => {
  const ids = await profileIdsOf(
    rows.flatMap(({ fields }) => fields.external_id ?? []),
    klaviyoApi,
  );
  if (ids.length === 0) return;
  const data = ids.map(id => ({ type: 'profile', id }));
  taken(await klaviyoApi('DELETE', `lists/${listId}/relationships/profiles`, { data }));
};

const deliver = async (
  { rows, place: { listId } }: Delivery<'klaviyo'>,
  klaviyoApi: AskKlaviyo,
  tools: PlatformTools,
): Promise<DeliveryOutcome> => {
  const split = splitDelivery(rows, klaviyo, { sha256: tools.sha256 }, external_id => ({ external_id }));
  await remove(split.remove, listId, klaviyoApi);
  const added = await add(split.add, listId, klaviyoApi, tools);
  return { ...added, refused: [...split.refused, ...added.refused] };
};

/** Lists of Klaviyo: people are upserted by bulk imports, and taken out of the list again but never deleted. */
export const klaviyoDestination = (tools: PlatformTools): Destination<'klaviyo'> => {
  const klaviyoApi = klaviyoClient(tools);
  return {
    deliver: delivery => deliver(delivery, klaviyoApi, tools),
    look: async ({ place: { listId } }) => {
      const answer = await klaviyoApi('GET', `lists/${listId}?additional-fields[list]=profile_count`);
      if (answer.status === gone) return { usable: false, reason: klaviyoFault(answer).message };
      const { data } = taken(answer).body as { data?: { attributes?: { profile_count?: number } } };
      return { usable: true, size: data?.attributes?.profile_count };
    },
    status: async (_target, remoteId) =>
      statusOf(jobIn(taken(await klaviyoApi('GET', `profile-bulk-import-jobs/${remoteId}`)).body).attributes),
  };
};
