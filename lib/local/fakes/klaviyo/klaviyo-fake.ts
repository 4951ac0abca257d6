import { randomBytes } from 'node:crypto';
import type { Fake, FakeAnswer, FakeRequest, FakeTools } from '../fake.ts';
import type { FakeRow } from '../fake-store.ts';
import { hashFault } from '../hash-faults.ts';
import { emailFault, fieldFaults, phoneFault } from '../plain-faults.ts';

interface KlaviyoProblem {
  status: number;
  code: string;
  detail: string;
  pointer?: string;
}

const refuse = (problems: readonly KlaviyoProblem[]): FakeAnswer => ({
  status: problems[0]?.status ?? 400,
  body: {
    errors: problems.map(({ status, code, detail, pointer }, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      status,
      code,
      title: 'Invalid input.',
      detail,
      source: { pointer: pointer ?? '/data/' },
    })),
  },
});

const invalid = (detail: string, pointer?: string): FakeAnswer =>
  refuse([{ status: 400, code: 'invalid', detail, ...(pointer === undefined ? {} : { pointer }) }]);
const missing = (detail: string): FakeAnswer => refuse([{ status: 404, code: 'not_found', detail }]);

const profilesMax = 10_000;
const relationsMax = 1000;
const idMax = 255;
const profiles = '_profiles';

const readable = (value: unknown): string | undefined =>
  hashFault(value) === undefined ? 'must not be hashed' : undefined;

const checks = {
  email: (value: unknown) => readable(value) ?? emailFault(value),
  phone_number: (value: unknown) => readable(value) ?? phoneFault(value),
  first_name: readable,
  last_name: readable,
  external_id: (value: unknown) =>
    typeof value === 'string' && value.length <= idMax ? undefined : `must have at most ${idMax} characters`,
};

type Attributes = Readonly<Record<string, unknown>>;

const profileProblems = (attributes: Attributes, index: number): KlaviyoProblem[] => {
  const pointer = `/data/attributes/profiles/data/${index}/attributes`;
  const { email, phone_number, external_id } = attributes;
  if (email === undefined && phone_number === undefined && external_id === undefined) {
    return [
      {
        status: 400,
        code: 'invalid',
        detail: 'One of email, phone_number, external_id is required',
        pointer: `${pointer}/`,
      },
    ];
  }
  return fieldFaults(attributes, checks).map(({ field, reason }) => ({
    status: 400,
    code: 'invalid',
    detail: `${field} ${reason}`,
    pointer: `${pointer}/${field}`,
  }));
};

interface ImportBody {
  data?: {
    type?: string;
    attributes?: { profiles?: { data?: { type?: string; attributes?: Attributes }[] } };
    relationships?: { lists?: { data?: { type?: string; id?: string }[] } };
  };
}

const keyOf = ({ external_id, email, phone_number }: Attributes): string =>
  String(external_id ?? email ?? phone_number);

/** Creates or updates profiles and puts them in a list: at once, though a first look finds the job under way. */
const importProfiles = (body: ImportBody, { store, newId }: FakeTools, partial: boolean): FakeAnswer => {
  const given = body.data?.attributes?.profiles?.data ?? [];
  const lists = body.data?.relationships?.lists?.data ?? [];
  if (body.data?.type !== 'profile-bulk-import-job') return invalid('data.type must be profile-bulk-import-job');
  if (given.length === 0 || given.length > profilesMax) return invalid(`1 to ${profilesMax} profiles a job`);
  if (lists.some(({ type, id }) => type !== 'list' || !id)) return invalid('relationships.lists must be lists');
  const all = given.map(({ attributes = {} }) => attributes);
  const problems = all.flatMap(profileProblems);
  if (problems.length > 0) return refuse(problems);
  const rows = partial ? all.slice(1) : all;
  const keyed = rows.map((attributes): [string, FakeRow] => {
    const key = keyOf(attributes);
    return [key, { ...store.list(profiles).get(key), ...attributes, id: store.list(profiles).get(key)?.id ?? newId() }];
  });
  store.put(profiles, keyed);
  for (const { id = '' } of lists) store.put(id, keyed);
  const jobId = newId();
  const failed = partial ? all.slice(0, 1) : [];
  store.put('_jobs', [[jobId, { looks: 0, completed: rows.length, failed }]]);
  return {
    status: 202,
    body: { data: { type: 'profile-bulk-import-job', id: jobId, attributes: { status: 'queued' } } },
  };
};

const showJob = (jobId: string, edge: string, { store }: FakeTools): FakeAnswer => {
  const job = store.list('_jobs').get(jobId) as { looks: number; completed: number; failed: FakeRow[] } | undefined;
  if (!job) return missing(`A job with id ${jobId} does not exist.`);
  if (edge === 'import-errors') {
    const data = job.failed.map(original_payload => ({
      type: 'import-error',
      attributes: { code: 'invalid', detail: 'The profile could not be imported', original_payload },
    }));
    return { status: 200, body: { data } };
  }
  store.put('_jobs', [[jobId, { ...job, looks: job.looks + 1 }]]);
  const attributes = {
    status: job.looks === 0 ? 'processing' : 'complete',
    completed_count: job.completed,
    failed_count: job.failed.length,
  };
  return { status: 200, body: { data: { type: 'profile-bulk-import-job', id: jobId, attributes } } };
};

const findProfiles = ({ query }: FakeRequest, { store }: FakeTools): FakeAnswer => {
  const wanted = /^any\(external_id,(\[.*\])\)$/.exec(query.get('filter') ?? '')?.[1];
  if (wanted === undefined) return invalid('filter must be any(external_id,[…])');
  const found = (JSON.parse(wanted) as string[]).flatMap(external_id => {
    const row = store.list(profiles).get(external_id);
    return row ? [row] : [];
  });
  const data = found.map(({ id, external_id }) => ({ type: 'profile', id, attributes: { external_id } }));
  return { status: 200, body: { data } };
};

const removeFromList = (listId: string, body: unknown, { store }: FakeTools): FakeAnswer => {
  const { data = [] } = (body ?? {}) as { data?: { type?: string; id?: string }[] };
  if (data.length === 0 || data.length > relationsMax) return invalid(`1 to ${relationsMax} profiles a call`);
  if (data.some(({ type }) => type !== 'profile')) return invalid('data.type must be profile');
  const ids = new Set(data.map(({ id }) => id));
  store.remove(
    listId,
    [...store.list(listId)].flatMap(([key, { id }]) => (ids.has(String(id)) ? [key] : [])),
  );
  return { status: 204 };
};

const route = (request: FakeRequest, tools: FakeTools, partial: boolean): FakeAnswer => {
  const { method, path, body } = request;
  const [, , resource, id = '', edge = ''] = path.replace(/\/$/, '').split('/');
  if (resource === 'accounts' && method === 'GET') return { status: 200, body: { data: [] } };
  if (resource === 'profile-bulk-import-jobs') {
    return method === 'POST' ? importProfiles((body ?? {}) as ImportBody, tools, partial) : showJob(id, edge, tools);
  }
  if (resource === 'profiles' && method === 'GET') return findProfiles(request, tools);
  if (resource !== 'lists') return missing(path);
  if (method === 'DELETE' && edge === 'relationships') return removeFromList(id, body, tools);
  const attributes = { name: id, profile_count: tools.store.list(id).size };
  return method === 'GET' ? { status: 200, body: { data: { type: 'list', id, attributes } } } : missing(path);
};

/** Lists, profiles and bulk imports of Klaviyo. Any id is a list. */
export const klaviyoFake: Fake = {
  name: 'klaviyo',
  credentials: async () => ({ settings: {}, secrets: { apiKey: `pk_${randomBytes(17).toString('hex')}` } }),
  answer: (request, { secrets }, tools, partial) => {
    if (request.headers.authorization !== `Klaviyo-API-Key ${secrets.apiKey}`) {
      const detail = 'Missing or invalid private key.';
      return refuse([{ status: 401, code: 'not_authenticated', detail }]);
    }
    if (!/^\d{4}-\d{2}-\d{2}$/.test(request.headers.revision ?? '')) return invalid('The revision header is required.');
    return route(request, tools, partial);
  },
  failure: status => ({
    ...refuse([{ status, code: status === 429 ? 'throttled' : 'error', detail: 'Request was throttled or failed.' }]),
    headers: { 'retry-after': '1' },
  }),
};
