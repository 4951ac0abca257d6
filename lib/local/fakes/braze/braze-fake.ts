import { randomBytes } from 'node:crypto';
import type { Fake, FakeAnswer, FakeRequest, FakeTools } from '../fake.ts';
import type { FakeRow } from '../fake-store.ts';
import { hashFault } from '../hash-faults.ts';
import { emailFault, fieldFaults, phoneFault } from '../plain-faults.ts';

const attributesMax = 75;
const users = '_users';

const refuse = (status: number, message: string): FakeAnswer => ({ status, body: { message } });

const readable = (check: (value: unknown) => string | undefined) => (value: unknown) =>
  hashFault(value) === undefined ? 'must not be hashed' : check(value);

const checks = { email: readable(emailFault), phone: readable(phoneFault), first_name: readable(() => undefined) };

interface ArrayChange {
  add?: string[];
  remove?: string[];
}

const isArrayChange = (value: unknown): value is ArrayChange => typeof value === 'object' && value !== null;

/** An array attribute has lists of values added and removed; every value is a list of the stand-in as well. */
const track = (attributes: FakeRow, key: string, { store }: FakeTools): void => {
  const { _update_existing_only, ...given } = attributes;
  const known = store.list(users).get(key);
  if (!known && _update_existing_only === true) return;
  const plain = Object.fromEntries(Object.entries(given).filter(([, value]) => !isArrayChange(value)));
  store.put(users, [[key, { ...known, ...plain }]]);
  for (const change of Object.values(given).filter(isArrayChange)) {
    for (const list of change.add ?? []) store.put(list, [[key, { ...known, ...plain }]]);
    for (const list of change.remove ?? []) store.remove(list, [key]);
  }
};

const trackUsers = ({ body }: FakeRequest, tools: FakeTools, partial: boolean): FakeAnswer => {
  const { attributes = [] } = (body ?? {}) as { attributes?: FakeRow[] };
  if (attributes.length > attributesMax) return refuse(400, `'attributes' may have at most ${attributesMax} objects`);
  const faults = attributes.map((one, index) => {
    if (typeof one.external_id !== 'string') return "'external_id' is required";
    if (partial && index === 0) return 'The user could not be processed';
    return fieldFaults(one, checks).map(({ field, reason }) => `'${field}' ${reason}`)[0];
  });
  const errors = faults.flatMap((type, index) =>
    type === undefined ? [] : [{ type, input_array: 'attributes', index }],
  );
  if (errors.length > 0 && errors.length === attributes.length) {
    return { status: 400, body: { message: 'Valid data must be provided', errors } };
  }
  attributes.forEach((one, index) => {
    if (faults[index] === undefined) track(one, String(one.external_id), tools);
  });
  const told = { message: 'success', attributes_processed: attributes.length - errors.length };
  return { status: 201, body: errors.length === 0 ? told : { ...told, errors } };
};

/** The users of Braze, as `/users/track` changes them. */
export const brazeFake: Fake = {
  name: 'braze',
  credentials: async () => ({
    settings: { endpoint: 'rest.iad-01.braze.com' },
    secrets: { apiKey: randomBytes(18).toString('hex') },
  }),
  answer: (request, { secrets }, tools, partial) => {
    if (request.headers.authorization !== `Bearer ${secrets.apiKey}`) return refuse(401, 'Invalid API Key');
    if (request.path !== '/users/track' || request.method !== 'POST') return refuse(404, 'Not found');
    return trackUsers(request, tools, partial);
  },
  failure: status => ({
    ...refuse(status, status === 429 ? 'Rate limit exceeded' : 'Internal server error'),
    headers: { 'retry-after': '1' },
  }),
};
