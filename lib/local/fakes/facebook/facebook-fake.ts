import { createHmac, randomBytes } from 'node:crypto';
import type { Fake, FakeAnswer, FakeCredentials, FakeRequest, FakeTools } from '../fake.ts';
import { markOf } from '../marks.ts';
import { ReplaceRefused, takeBatch } from './facebook-replace.ts';
import { facebookRows, isMatchedRow, RowsRefused, type UserRow } from './facebook-rows.ts';
import { facebookRules } from './facebook-rules.ts';

interface GraphProblem {
  status: number;
  message: string;
  code: number;
  subcode?: number;
  type?: string;
  transient?: boolean;
}

const refuse = ({ status, message, code, subcode, type = 'OAuthException', transient }: GraphProblem): FakeAnswer => ({
  status,
  body: {
    error: {
      message,
      type,
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      ...(transient ? { is_transient: true } : {}),
      fbtrace_id: 'A0000000000000000000000',
    },
  },
});

const invalid = (why: string): FakeAnswer =>
  refuse({ status: 400, message: `(#100) Invalid parameter: ${why}`, code: 100 });

/** The token first, then that whoever has it has the secret of the app as well. */
const stranger = ({ headers, query }: FakeRequest, { secrets }: FakeCredentials): FakeAnswer | undefined => {
  const { accessToken = '', appSecret = '' } = secrets;
  if (headers.authorization !== `Bearer ${accessToken}`) {
    const message = 'Error validating access token: the session has expired';
    return refuse({ status: 401, message, code: 190, subcode: 463 });
  }
  const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex');
  if (query.get('appsecret_proof') === proof) return undefined;
  const message = 'Invalid appsecret_proof provided in the API argument';
  return refuse({ status: 400, message, code: 100, type: 'GraphMethodException' });
};

const marked = (audience: string, { store }: FakeTools): FakeAnswer | undefined => {
  const mark = markOf(audience, store);
  if (mark === 'gone') {
    const message = `Unsupported request. Object with ID '${audience}' does not exist, or cannot be loaded`;
    return refuse({ status: 400, message, code: 100, subcode: 33, type: 'GraphMethodException' });
  }
  const flagged = 'This custom audience was flagged: it may suggest health or financial status';
  return mark === '471' ? refuse({ status: 400, message: flagged, code: 100, subcode: 1713230 }) : undefined;
};

const sameUser = (sent: UserRow, held: UserRow): boolean =>
  Object.entries(sent).some(
    ([field, value]) => ['EXTERN_ID', 'EMAIL', 'PHONE', 'MADID'].includes(field) && held[field] === value,
  );

const removeUsers = (audience: string, rows: readonly UserRow[], { store }: FakeTools): FakeAnswer | undefined => {
  if (markOf(audience, store) === 'tooSmall') {
    const message = 'Audience Size too low: You cannot remove users from this audience';
    return refuse({ status: 400, message, code: 100, subcode: 1870066 });
  }
  const byId = rows.flatMap(({ EXTERN_ID }) => EXTERN_ID ?? []);
  const others = rows.filter(({ EXTERN_ID }) => EXTERN_ID === undefined);
  const matched =
    others.length === 0
      ? []
      : [...store.list(audience)].flatMap(([key, held]) =>
          others.some(sent => sameUser(sent, held as UserRow)) ? [key] : [],
        );
  store.remove(audience, [...byId, ...matched]);
  return undefined;
};

const keyed = (rows: readonly UserRow[]): [string, UserRow][] =>
  rows.map(row => [row.EXTERN_ID ?? row.EMAIL ?? row.PHONE ?? JSON.stringify(row), row]);

interface Users {
  audience: string;
  edge: string;
}

/** With `partial` the first row of a request is not taken, as happens. */
const changeUsers = (
  { audience, edge }: Users,
  request: FakeRequest,
  tools: FakeTools,
  partial: boolean,
): FakeAnswer => {
  const { payload, session } = (request.body ?? {}) as { payload?: unknown; session?: unknown };
  const all = facebookRows(payload, tools.store);
  const [first] = all;
  const rows = partial ? all.slice(1) : all;
  let sessionId = tools.newId();
  if (edge === 'usersreplace') sessionId = takeBatch(audience, session, keyed(rows), tools);
  else if (request.method === 'POST') tools.store.put(audience, keyed(rows));
  else {
    const refused = removeUsers(audience, rows, tools);
    if (refused) return refused;
  }
  const samples = partial && first ? { [first.EMAIL ?? first.PHONE ?? '']: 'invalid' } : {};
  const told = { num_received: all.length, num_invalid_entries: all.length - rows.length };
  return {
    status: 200,
    body: { audience_id: audience, session_id: sessionId, ...told, invalid_entry_samples: samples },
  };
};

const describe = (audience: string, { store }: FakeTools): FakeAnswer => {
  const size = [...store.list(audience).values()].filter(row => isMatchedRow(row as UserRow, store)).length;
  const flagged = markOf(audience, store) === '471';
  const operation_status = flagged
    ? { code: 471, description: 'Flagged Custom Audience.' }
    : { code: 200, description: 'Normal' };
  return { status: 200, body: { id: audience, operation_status, approximate_count_lower_bound: size } };
};

const createSimilar = (account: string, { body }: FakeRequest, tools: FakeTools): FakeAnswer => {
  const { subtype, origin_audience_id, lookalike_spec, name } = (body ?? {}) as Record<string, string | undefined>;
  const spec = JSON.parse(lookalike_spec ?? '{}') as { ratio?: number; country?: string };
  const { ratio = 0, country = '' } = spec;
  if (!/^act_\d+$/.test(account)) return invalid('the account is act_ and digits');
  if (subtype !== 'LOOKALIKE' || !origin_audience_id || !name) return invalid('subtype, name, origin_audience_id');
  if (ratio < 0.01 || ratio > 0.2) return invalid('lookalike_spec.ratio must be 0.01 to 0.20');
  if (!/^[A-Z]{2}$/.test(country)) return invalid('lookalike_spec.country');
  const id = tools.newId();
  tools.store.put('_lookalikes', [[id, { name, origin_audience_id, ratio, country }]]);
  return { status: 200, body: { id } };
};

const route = (request: FakeRequest, tools: FakeTools, partial: boolean): FakeAnswer => {
  const [, version, audience = '', edge = ''] = request.path.split('/');
  if (version !== 'v25.0') return refuse({ status: 400, message: `Unknown version ${version}`, code: 2635 });
  if (edge === 'customaudiences' && request.method === 'POST') return createSimilar(audience, request, tools);
  if (edge === '' && request.method === 'GET') return describe(audience, tools);
  const trouble = marked(audience, tools);
  if (trouble) return trouble;
  if (edge === 'sessions') {
    const session_id = request.query.get('session_id');
    return {
      status: 200,
      body: { data: [{ session_id, stage: 'closed', num_received: tools.store.list(audience).size }] },
    };
  }
  const isChange = edge === 'usersreplace' ? request.method === 'POST' : ['POST', 'DELETE'].includes(request.method);
  if (!isChange || !['users', 'usersreplace'].includes(edge)) return invalid(`${request.method} ${request.path}`);
  return changeUsers({ audience, edge }, request, tools, partial);
};

const issueToken = ({ body }: FakeRequest, { settings, secrets }: FakeCredentials): FakeAnswer => {
  const { client_id, client_secret } = (body ?? {}) as Record<string, string>;
  if (client_id === settings.appId && client_secret === secrets.appSecret) {
    return { status: 200, body: { access_token: `${client_id}|app`, token_type: 'bearer' } };
  }
  return refuse({ status: 400, message: 'Error validating client secret.', code: 1 });
};

/** The part of the Graph API that holds Custom Audiences. Any id is an audience until it is marked as something else. */
export const facebookFake: Fake = {
  name: 'facebook',
  rules: facebookRules,
  credentials: async () => ({
    settings: { appId: '1000000000000001' },
    secrets: { appSecret: randomBytes(16).toString('hex'), accessToken: `EAA${randomBytes(24).toString('hex')}` },
  }),
  answer: (request, credentials, tools, partial) => {
    if (request.path === '/oauth/access_token') return issueToken(request, credentials);
    const refused = stranger(request, credentials);
    if (refused) return refused;
    try {
      return route(request, tools, partial);
    } catch (fault) {
      if (fault instanceof RowsRefused) return invalid(fault.message);
      if (fault instanceof ReplaceRefused)
        return refuse({ status: 400, message: fault.message, code: 2650, subcode: 1870145 });
      throw fault;
    }
  },
  failure: status =>
    status === 429
      ? {
          ...refuse({ status: 400, message: '(#80003) There have been too many calls to this audience', code: 80003 }),
          headers: { 'x-business-use-case-usage': '{"0":[{"estimated_time_to_regain_access":1}]}' },
        }
      : refuse({ status, message: 'An unexpected error has occurred.', code: 2, transient: true }),
};
