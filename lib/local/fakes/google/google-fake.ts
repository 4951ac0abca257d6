import { randomBytes } from 'node:crypto';
import { exportPKCS8, generateKeyPair } from 'jose';
import type { Fake, FakeAnswer, FakeRequest, FakeTools } from '../fake.ts';
import { markOf } from '../marks.ts';
import {
  googleMembers,
  type MemberRow,
  MembersRefused,
  memberKey,
  type Violation,
  violation,
} from './google-members.ts';
import { googleRules } from './google-rules.ts';
import { isKnownToken, issueToken } from './google-tokens.ts';

const problem = (code: number, status: string, message: string, details: object[] = []): FakeAnswer => ({
  status: code,
  body: { error: { code, message, status, details } },
});

const invalid = (violations: readonly Violation[]): FakeAnswer =>
  problem(400, 'INVALID_ARGUMENT', 'There was a problem with the request.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'INVALID_ARGUMENT',
      domain: 'datamanager.googleapis.com',
    },
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations },
  ]);

interface Body {
  destinations?: { operatingAccount?: { accountType?: string; accountId?: string }; productDestinationId?: string }[];
  audienceMembers?: unknown;
  consent?: { adUserData?: string; adPersonalization?: string };
  encoding?: string;
  termsOfService?: { customerMatchTermsOfServiceStatus?: string };
  validateOnly?: boolean;
  removeAsOfTime?: string;
}

/** The list that a request is about. @throws MembersRefused */
const listIn = ({ destinations = [] }: Body): string => {
  const [{ operatingAccount, productDestinationId = '' } = {}] = destinations;
  const faults = [
    ...(destinations.length === 1 ? [] : [violation('destinations', 'Required field is missing')]),
    ...(operatingAccount?.accountType === 'GOOGLE_ADS' && /^\d{10}$/.test(operatingAccount.accountId ?? '')
      ? []
      : [violation('destinations[0].operating_account', 'must be a GOOGLE_ADS account of ten digits')]),
    ...(/^\d+$/.test(productDestinationId)
      ? []
      : [violation('destinations[0].product_destination_id', 'must be digits')]),
  ];
  if (faults.length > 0) throw new MembersRefused(faults);
  return productDestinationId;
};

const checkTerms = ({ consent, encoding, termsOfService }: Body, isIngest: boolean): void => {
  const isGiven = consent?.adUserData === 'CONSENT_GRANTED' && consent.adPersonalization === 'CONSENT_GRANTED';
  const accepted = termsOfService?.customerMatchTermsOfServiceStatus === 'ACCEPTED';
  const faults = [
    ...(encoding === 'HEX' ? [] : [violation('encoding', 'must say how hashes are written', 'REQUIRED_FIELD_MISSING')]),
    ...(isIngest && !isGiven ? [violation('consent', 'must be granted', 'REQUIRED_FIELD_MISSING')] : []),
    ...(isIngest && !accepted ? [violation('terms_of_service', 'must be accepted', 'REQUIRED_FIELD_MISSING')] : []),
  ];
  if (faults.length > 0) throw new MembersRefused(faults);
};

/** What a member may be found by, each as one text. */
const keysOf = ({ emailAddress, phoneNumber, givenName, familyName, postalCode }: MemberRow): string[] => [
  ...(emailAddress === undefined ? [] : [`email ${emailAddress}`]),
  ...(phoneNumber === undefined ? [] : [`phone ${phoneNumber}`]),
  ...(givenName === undefined ? [] : [`address ${givenName} ${familyName} ${postalCode}`]),
];

const removeMembers = (list: string, rows: readonly MemberRow[], { store }: FakeTools): void => {
  const sent = new Set(rows.flatMap(keysOf));
  const found = [...store.list(list)].flatMap(([key, held]) =>
    keysOf(held as MemberRow).some(one => sent.has(one)) ? [key] : [],
  );
  store.remove(list, found);
};

const removeAll = (list: string, { removeAsOfTime }: Body, { store, now }: FakeTools): void => {
  const asOf = removeAsOfTime === undefined ? now() : Date.parse(removeAsOfTime);
  if (!(asOf <= now())) throw new MembersRefused([violation('remove_as_of_time', 'must not be in the future')]);
  const old = [...store.list(list)].flatMap(([key, { addedAt }]) => (Number(addedAt) < asOf ? [key] : []));
  store.remove(list, old);
};

const done = (records: number, tools: FakeTools): FakeAnswer => {
  const requestId = tools.newId();
  tools.store.put('_requests', [[requestId, { records }]]);
  return { status: 200, body: { requestId } };
};

const changeMembers = (verb: string, body: Body, tools: FakeTools, partial: boolean): FakeAnswer => {
  const list = listIn(body);
  const mark = markOf(list, tools.store);
  if (mark === 'gone') return problem(404, 'NOT_FOUND', `The user list ${list} was not found.`);
  if (mark === 'terms') {
    const reason = 'CUSTOMER_MATCH_TERMS_NOT_SIGNED';
    const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'datamanager.googleapis.com' };
    return problem(400, 'FAILED_PRECONDITION', 'The customer has not accepted the terms of Customer Match.', [info]);
  }
  if (verb === 'removeAll') {
    if (!body.validateOnly) removeAll(list, body, tools);
    return done(0, tools);
  }
  checkTerms(body, verb === 'ingest');
  const rows = googleMembers(body.audienceMembers, tools.store);
  if (partial && rows.length > 1) {
    throw new MembersRefused([violation('audience_members[0].user_data', 'The member cannot be processed')]);
  }
  if (body.validateOnly) return done(0, tools);
  if (verb === 'remove') removeMembers(list, rows, tools);
  else
    tools.store.put(
      list,
      rows.map(row => [memberKey(row), { ...row, addedAt: tools.now() }]),
    );
  return done(rows.length, tools);
};

const retrieve = ({ query }: FakeRequest, { store }: FakeTools): FakeAnswer => {
  const request = store.list('_requests').get(query.get('requestId') ?? '');
  if (!request) return problem(404, 'NOT_FOUND', 'The request was not found.');
  const userDataIngestionStatus = { recordCount: String(request.records) };
  const status = { requestStatus: 'SUCCESS', audienceMembersIngestionStatus: { userDataIngestionStatus } };
  return { status: 200, body: { requestStatusPerDestination: [status] } };
};

const route = (request: FakeRequest, tools: FakeTools, partial: boolean): FakeAnswer => {
  if (request.path === '/v1/requestStatus:retrieve') return retrieve(request, tools);
  const verb = /^\/v1\/audienceMembers:(ingest|remove|removeAll)$/.exec(request.path)?.[1];
  if (verb === undefined || request.method !== 'POST') return problem(404, 'NOT_FOUND', 'Method not found.');
  return changeMembers(verb, (request.body ?? {}) as Body, tools, partial);
};

/** The part of the Data Manager API that keeps Customer Match lists, and the place that hands out its tokens. */
export const googleFake: Fake = {
  name: 'google',
  rules: googleRules,
  credentials: async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const account = { type: 'service_account', client_email: 'cdp@local.iam.gserviceaccount.com' };
    return {
      settings: { clientId: 'local.apps.googleusercontent.com' },
      secrets: {
        clientSecret: randomBytes(16).toString('hex'),
        refreshToken: `1//${randomBytes(16).toString('hex')}`,
        serviceAccount: JSON.stringify({ ...account, private_key: await exportPKCS8(privateKey) }),
      },
    };
  },
  answer: async (request, credentials, tools, partial) => {
    if (request.path === '/token') return issueToken(request, credentials, tools);
    if (!isKnownToken(request.headers.authorization, tools)) {
      return problem(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    }
    try {
      return route(request, tools, partial);
    } catch (fault) {
      if (fault instanceof MembersRefused) return invalid(fault.violations);
      throw fault;
    }
  },
  failure: status =>
    status === 429
      ? problem(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', [
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1s' },
        ])
      : problem(status, status === 503 ? 'UNAVAILABLE' : 'INTERNAL', 'The service is currently unavailable.'),
};
