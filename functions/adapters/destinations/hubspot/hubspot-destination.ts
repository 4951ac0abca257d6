import { hubspot } from '../../../../core/engines/activation/platforms/hubspot.ts';
import {
  type Delivery,
  DeliveryFailed,
  type DeliveryFault,
  type DeliveryOutcome,
  type Destination,
} from '../../../../core/ports/destination.ts';
import { originOf } from '../platform-connection.ts';
import { faultOfStatus, isTaken, type PlatformAnswer, retryAfterOf } from '../platform-request.ts';
import type { PlatformTools } from '../platform-tools.ts';
import { type NamedRow, splitDelivery } from '../split-delivery.ts';

type AskHubspot = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => Promise<PlatformAnswer>;

const gone = 404;

const categories: Record<string, DeliveryFault> = {
  RATE_LIMITS: 'unavailable',
  EXPIRED_AUTHENTICATION: 'unauthorized',
  INVALID_AUTHENTICATION: 'unauthorized',
  MISSING_SCOPES: 'unauthorized',
  OBJECT_NOT_FOUND: 'gone',
};

const fault = (answer: PlatformAnswer): DeliveryFailed => {
  const { message = 'no reason was given', category = '' } = (answer.body ?? {}) as {
    message?: string;
    category?: string;
  };
  const kind = categories[category] ?? faultOfStatus(answer.status);
  return new DeliveryFailed(`HubSpot: ${message} (${category || answer.status})`, kind, retryAfterOf(answer));
};

const clientOf =
  ({ ask, connect, standIns }: PlatformTools): AskHubspot =>
  async (method, path, body) => {
    const connection = await connect('hubspot');
    const url = `${originOf('hubspot', connection, 'https://api.hubapi.com', standIns)}/crm/v3/${path}`;
    const headers = { authorization: `Bearer ${connection.secrets.accessToken ?? ''}` };
    return ask({ url, method, headers, ...(body === undefined ? {} : { body }) });
  };

interface Contact {
  id: string;
  properties?: { email?: string };
}

const resultsIn = (answer: PlatformAnswer): Contact[] => {
  if (!isTaken(answer)) throw fault(answer);
  const { results = [] } = (answer.body ?? {}) as { results?: Contact[] };
  return results;
};

const upserted = async (rows: readonly NamedRow[], api: AskHubspot): Promise<Map<string, string>> => {
  if (rows.length === 0) return new Map();
  const inputs = rows.map(({ fields }) => ({ idProperty: 'email', id: fields.email, properties: fields }));
  const contacts = resultsIn(await api('POST', 'objects/contacts/batch/upsert', { inputs }));
  return new Map(contacts.map(({ id, properties }) => [properties?.email?.toLowerCase() ?? '', id]));
};

const foundIds = async (emails: readonly string[], api: AskHubspot): Promise<string[]> => {
  if (emails.length === 0) return [];
  const inputs = emails.map(id => ({ id }));
  const body = { idProperty: 'email', properties: ['email'], inputs };
  return resultsIn(await api('POST', 'objects/contacts/batch/read', body)).map(({ id }) => id);
};

const deliver = async (
  { rows, place: { listId } }: Delivery<'hubspot'>,
  api: AskHubspot,
  tools: PlatformTools,
): Promise<DeliveryOutcome> => {
  const split = splitDelivery(rows, hubspot, { sha256: tools.sha256 }, () => undefined);
  const recordIdsToRemove = await foundIds(
    split.remove.flatMap(({ fields }) => fields.email ?? []),
    api,
  );
  const idsByEmail = await upserted(split.add, api);
  const refused = split.add.flatMap(({ row, fields }) =>
    idsByEmail.has(fields.email ?? '') ? [] : [{ row, reason: 'HubSpot made no contact of this row' }],
  );
  const recordIdsToAdd = [...idsByEmail.values()];
  if (recordIdsToAdd.length + recordIdsToRemove.length > 0) {
    const change = { recordIdsToAdd, recordIdsToRemove: recordIdsToRemove.filter(id => !recordIdsToAdd.includes(id)) };
    const answer = await api('PUT', `lists/${listId}/memberships/add-and-remove`, change);
    if (!isTaken(answer)) throw fault(answer);
  }
  return { refused: [...split.refused, ...refused] };
};

/** Static lists of HubSpot: people become contacts, and members of the list. */
export const hubspotDestination = (tools: PlatformTools): Destination<'hubspot'> => {
  const api = clientOf(tools);
  return {
    deliver: delivery => deliver(delivery, api, tools),
    look: async ({ place: { listId } }) => {
      const answer = await api('GET', `lists/${listId}`);
      if (answer.status === gone) return { usable: false, reason: fault(answer).message };
      if (!isTaken(answer)) throw fault(answer);
      const { list } = answer.body as {
        list?: { processingType?: string; additionalProperties?: { hs_list_size?: string } };
      };
      const isStatic = list?.processingType !== 'DYNAMIC';
      return isStatic ? { usable: true } : { usable: false, reason: 'the list is made by rules of its own' };
    },
  };
};
