import { createHash, randomBytes } from 'node:crypto';
import type { Fake, FakeAnswer, FakeRequest, FakeTools } from '../fake.ts';
import { hashFault } from '../hash-faults.ts';
import { emailFault } from '../plain-faults.ts';

const refuse = (status: number, title: string, detail: string): FakeAnswer => ({
  status,
  body: { type: 'https://mailchimp.com/developer/marketing/docs/errors/', title, status, detail, instance: '0' },
});

const membersMax = 500;

const addressFault = (value: unknown): string | undefined =>
  hashFault(value) === undefined ? 'must not be hashed' : emailFault(value);

/** A member is known by the MD5 of the address in lower case. */
const memberId = (address: string): string => createHash('md5').update(address.toLowerCase()).digest('hex');
const membersOf = (listId: string): string => `_members ${listId}`;

interface Member {
  email_address?: string;
  status?: string;
  merge_fields?: Record<string, unknown>;
}

/** Members whose address is none are told of in an answer of 200, as are those that a partial failure leaves out. */
const upsertMembers = (listId: string, { body }: FakeRequest, { store }: FakeTools, partial: boolean): FakeAnswer => {
  const { members = [], update_existing } = (body ?? {}) as { members?: Member[]; update_existing?: boolean };
  if (members.length === 0 || members.length > membersMax) {
    return refuse(400, 'Invalid Resource', `members: 1 to ${membersMax} a request`);
  }
  if (update_existing !== true)
    return refuse(400, 'Invalid Resource', 'update_existing must be true to update members');
  const hashed = members.find(({ email_address }) => hashFault(email_address) === undefined);
  if (hashed) return refuse(400, 'Invalid Resource', 'Please provide a valid email address.');
  const judged = members.map((member, index) => ({
    member,
    fault:
      partial && index === 0
        ? 'is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.'
        : (addressFault(member.email_address) ??
          (member.status === 'subscribed' ? undefined : 'status must be subscribed')),
  }));
  const errors = judged.flatMap(({ member: { email_address }, fault }) =>
    fault === undefined ? [] : [{ email_address, error: `${email_address} ${fault}`, error_code: 'ERROR_GENERIC' }],
  );
  const taken = judged.flatMap(({ member, fault }) => (fault === undefined ? [member] : []));
  store.put(
    membersOf(listId),
    taken.map(member => [memberId(member.email_address ?? ''), { ...member }]),
  );
  return { status: 200, body: { new_members: [], updated_members: [], errors, error_count: errors.length } };
};

const changeSegment = (
  place: { listId: string; segmentId: string },
  { body }: FakeRequest,
  { store }: FakeTools,
): FakeAnswer => {
  const { members_to_add = [], members_to_remove = [] } = (body ?? {}) as Record<string, string[] | undefined>;
  if (members_to_add.length > membersMax || members_to_remove.length > membersMax) {
    return refuse(400, 'Invalid Resource', `at most ${membersMax} members a request`);
  }
  const wrong = [...members_to_add, ...members_to_remove].find(address => addressFault(address) !== undefined);
  if (wrong !== undefined) return refuse(400, 'Invalid Resource', `${wrong} is not a valid address of a member`);
  const members = store.list(membersOf(place.listId));
  const known = members_to_add.filter(address => members.has(memberId(address)));
  const unknown = members_to_add.filter(address => !members.has(memberId(address)));
  store.put(
    place.segmentId,
    known.map(address => [memberId(address), { ...members.get(memberId(address)) }]),
  );
  store.remove(place.segmentId, members_to_remove.map(memberId));
  const errors =
    unknown.length === 0 ? [] : [{ email_addresses: unknown, error: 'Email is not subscribed to the list' }];
  const totals = { total_added: known.length, total_removed: members_to_remove.length, error_count: unknown.length };
  return { status: 200, body: { members_added: known, members_removed: members_to_remove, errors, ...totals } };
};

const route = (request: FakeRequest, tools: FakeTools, partial: boolean): FakeAnswer => {
  const { method, path } = request;
  if (path === '/3.0/ping') return { status: 200, body: { health_status: "Everything's Chimpy!" } };
  const [, , resource, listId = '', edge, segmentId = ''] = path.split('/');
  if (resource !== 'lists') return refuse(404, 'Resource Not Found', 'The requested resource could not be found.');
  if (edge === undefined && method === 'POST') return upsertMembers(listId, request, tools, partial);
  if (edge === 'segments' && method === 'POST') return changeSegment({ listId, segmentId }, request, tools);
  const member_count = tools.store.list(segmentId).size;
  return { status: 200, body: { id: Number(segmentId), type: 'static', member_count } };
};

/** Audiences and static segments of Mailchimp. Any id is an audience, and a segment of it. */
export const mailchimpFake: Fake = {
  name: 'mailchimp',
  credentials: async () => ({ settings: {}, secrets: { apiKey: `${randomBytes(16).toString('hex')}-us1` } }),
  answer: (request, { secrets }, tools, partial) => {
    const [scheme, given = ''] = (request.headers.authorization ?? '').split(' ');
    const password = Buffer.from(given, 'base64').toString().split(':')[1];
    if (scheme !== 'Basic' || password !== secrets.apiKey) {
      return refuse(
        401,
        'API Key Invalid',
        'Your API key may be invalid, or you have attempted to access the wrong datacenter.',
      );
    }
    return route(request, tools, partial);
  },
  failure: status =>
    refuse(status, status === 429 ? 'Too Many Requests' : 'Internal Server Error', 'An unexpected error occurred.'),
};
