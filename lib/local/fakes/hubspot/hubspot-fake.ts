import { randomBytes } from 'node:crypto';
import type { Fake, FakeAnswer, FakeRequest, FakeTools } from '../fake.ts';
import type { FakeRow } from '../fake-store.ts';
import { hashFault } from '../hash-faults.ts';
import { emailFault, fieldFaults, phoneFault } from '../plain-faults.ts';

const inputsMax = 100;
const contacts = '_contacts';

const refuse = (status: number, category: string, message: string): FakeAnswer => ({
  status,
  body: { status: 'error', message, category, correlationId: '00000000-0000-4000-8000-000000000000' },
});
const invalid = (message: string): FakeAnswer => refuse(400, 'VALIDATION_ERROR', message);

const readable = (check: (value: unknown) => string | undefined) => (value: unknown) =>
  hashFault(value) === undefined ? 'must not be hashed' : check(value);
const checks = { email: readable(emailFault), phone: readable(phoneFault), firstname: readable(() => undefined) };

interface Input {
  id?: string;
  idProperty?: string;
  properties?: Record<string, string>;
}

const inputFault = ({ id, idProperty, properties = {} }: Input): string | undefined => {
  if (idProperty !== 'email') return 'idProperty must be email';
  if (id !== properties.email) return 'id must be the e-mail address of the properties';
  return fieldFaults(properties, checks).map(({ field, reason }) => `Property "${field}" ${reason}`)[0];
};

const inputsIn = (body: unknown): Input[] => {
  const { inputs } = (body ?? {}) as { inputs?: Input[] };
  return Array.isArray(inputs) ? inputs : [];
};

const shown = (email: string, { id }: FakeRow) => ({ id: String(id), properties: { email } });

const upsert = ({ body }: FakeRequest, { store, newId }: FakeTools, partial: boolean): FakeAnswer => {
  const inputs = inputsIn(body);
  if (inputs.length === 0 || inputs.length > inputsMax) return invalid(`1 to ${inputsMax} inputs a request`);
  const fault = inputs.map(inputFault).find(reason => reason !== undefined);
  if (fault !== undefined) return invalid(fault);
  const taken = partial ? inputs.slice(1) : inputs;
  const rows = taken.map(({ id: email = '', properties = {} }): [string, FakeRow] => {
    const known = store.list(contacts).get(email);
    return [email, { ...known, ...properties, id: known?.id ?? newId() }];
  });
  store.put(contacts, rows);
  const results = rows.map(([email, row]) => shown(email, row));
  return { status: partial ? 207 : 200, body: { status: 'COMPLETE', results, ...(partial ? { numErrors: 1 } : {}) } };
};

const read = ({ body }: FakeRequest, { store }: FakeTools): FakeAnswer => {
  const inputs = inputsIn(body);
  if (inputs.length === 0 || inputs.length > inputsMax) return invalid(`1 to ${inputsMax} inputs a request`);
  const results = inputs.flatMap(({ id: email = '' }) => {
    const row = store.list(contacts).get(email);
    return row ? [shown(email, row)] : [];
  });
  return { status: results.length === inputs.length ? 200 : 207, body: { status: 'COMPLETE', results } };
};

const changeList = (listId: string, { body }: FakeRequest, { store }: FakeTools): FakeAnswer => {
  const { recordIdsToAdd = [], recordIdsToRemove = [] } = (body ?? {}) as Record<string, string[] | undefined>;
  const byId = new Map(
    [...store.list(contacts)].map(([email, row]) => [String(row.id), [email, row] as [string, FakeRow]]),
  );
  store.put(
    listId,
    recordIdsToAdd.flatMap(id => [byId.get(id) ?? []].filter(one => one.length > 0) as [string, FakeRow][]),
  );
  store.remove(
    listId,
    recordIdsToRemove.flatMap(id => byId.get(id)?.[0] ?? []),
  );
  const recordIdsMissing = recordIdsToAdd.filter(id => !byId.has(id));
  return {
    status: 200,
    body: { recordsIdsAdded: recordIdsToAdd, recordsIdsRemoved: recordIdsToRemove, recordIdsMissing },
  };
};

const route = (request: FakeRequest, tools: FakeTools, partial: boolean): FakeAnswer => {
  const { method, path } = request;
  if (path === '/crm/v3/objects/contacts/batch/upsert' && method === 'POST') return upsert(request, tools, partial);
  if (path === '/crm/v3/objects/contacts/batch/read' && method === 'POST') return read(request, tools);
  if (path === '/crm/v3/objects/contacts' && method === 'GET') return { status: 200, body: { results: [] } };
  const [, , , resource, listId = '', edge, verb] = path.split('/');
  if (resource !== 'lists') return refuse(404, 'OBJECT_NOT_FOUND', path);
  if (edge === undefined) return { status: 200, body: { list: { listId, processingType: 'MANUAL' } } };
  const isChange = method === 'PUT' && edge === 'memberships' && verb === 'add-and-remove';
  return isChange ? changeList(listId, request, tools) : refuse(404, 'OBJECT_NOT_FOUND', path);
};

/** Contacts and static lists of HubSpot. Any id is a list. */
export const hubspotFake: Fake = {
  name: 'hubspot',
  credentials: async () => ({ settings: {}, secrets: { accessToken: `pat-na1-${randomBytes(16).toString('hex')}` } }),
  answer: (request, { secrets }, tools, partial) =>
    request.headers.authorization === `Bearer ${secrets.accessToken}`
      ? route(request, tools, partial)
      : refuse(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.'),
  failure: status =>
    refuse(
      status,
      status === 429 ? 'RATE_LIMITS' : 'INTERNAL_ERROR',
      'You have reached your limit, or we have failed.',
    ),
};
