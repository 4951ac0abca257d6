import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { passGate } from '../../../../../core/engines/activation/consent-gate.ts';
import { type Delivery, DeliveryFailed, type DeliveryRow } from '../../../../../core/ports/destination.ts';
import {
  signingSecret,
  webhookDestination,
} from '../../../../../functions/adapters/destinations/webhook/webhook-destination.ts';
import { secretKeyring } from '../../../../../functions/adapters/secret-keyring.ts';
import { type Answering, jsonAnswer, openTestServer, type TestAnswer } from '../../../../fixtures/test-server.ts';

const keyring = secretKeyring(async () => 'the secret of this test');
const at = '2026-02-15T12:00:00.000Z';

/** Someone who has passed the gate, as nobody else can be sent. */
const consented = (profileId: string): DeliveryRow => {
  const result = passGate(
    {
      profile: {
        id: profileId,
        externalIds: { email: `${profileId}@example.com` },
        attributes: { tags: [], customFields: {}, firstName: 'Änn' },
      },
      consents: { email: { granted: true, at: Date.parse(at), id: 'request-1', source: 'api' } },
      suppressed: false,
    },
    ['email'],
    { gdpr: 'strict', ccpa: 'strict', sharing: false, now: Date.parse(at) },
  );
  if (!('member' in result)) throw new Error('the gate let nobody through');
  return { row: `${profileId}:1`, operation: 'add', member: result.member };
};

const rows: DeliveryRow[] = [
  consented('profile-1'),
  { row: 'profile-2:4', operation: 'remove', profileId: 'profile-2' },
];

const delivering = async (answer: TestAnswer | Answering, audienceId = 'audience-1') => {
  const { url, requests } = await openTestServer(answer);
  const delivery: Delivery<'webhook'> = { audienceId, audienceName: 'Spenders', place: { url: `${url}/hook` }, rows };
  const destination = webhookDestination(keyring, [new URL(url).host]);
  return {
    requests,
    deliver: (more: Partial<Delivery<'webhook'>> = {}) => destination.deliver({ ...delivery, ...more }),
  };
};

const headersOf = (headers: object) => headers as Record<string, string>;

test('a delivery is signed so that the reference library verifies it, and says who came and who went', async () => {
  const { requests, deliver } = await delivering(jsonAnswer(200, {}));
  await deliver();
  const [request] = requests;
  const verifier = new Webhook(await signingSecret(keyring, 'audience-1'));
  expect(verifier.verify(request?.body ?? '', headersOf(request?.headers ?? {}))).toMatchObject({
    type: 'audience.members',
    data: {
      audienceId: 'audience-1',
      audienceName: 'Spenders',
      added: [{ row: 'profile-1:1', profileId: 'profile-1', email: 'profile-1@example.com', firstName: 'Änn' }],
      removed: [{ row: 'profile-2:4', profileId: 'profile-2' }],
    },
  });
});

test('what was changed on the way, or signed for another audience, is not verified', async () => {
  const { requests, deliver } = await delivering(jsonAnswer(200, {}));
  await deliver();
  const [{ body, headers } = { body: '', headers: {} }] = requests;
  const own = new Webhook(await signingSecret(keyring, 'audience-1'));
  expect(() => own.verify(body.replace('profile-1', 'profile-9'), headersOf(headers))).toThrow();
  const other = new Webhook(await signingSecret(keyring, 'audience-2'));
  expect(() => other.verify(body, headersOf(headers))).toThrow();
});

test('the same rows have the same id when they come again, other rows another', async () => {
  const { requests, deliver } = await delivering(jsonAnswer(200, {}));
  await deliver();
  await deliver();
  await deliver({ rows: rows.slice(1) });
  const ids = requests.map(({ headers }) => headers['webhook-id']);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
});

test.each([
  [200, undefined],
  [204, undefined],
  [302, 'unavailable'],
  [400, 'refused'],
  [401, 'refused'],
  [404, 'refused'],
  [408, 'unavailable'],
  [410, 'gone'],
  [422, 'refused'],
  [425, 'unavailable'],
  [429, 'unavailable'],
  [500, 'unavailable'],
  [503, 'unavailable'],
])('an answer of %i means: %s', async (status, expected) => {
  const { deliver } = await delivering({ status, headers: {}, body: '' });
  const fault = await deliver().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (expected === undefined) expect(fault).toBeUndefined();
  else {
    expect(fault).toBeInstanceOf(DeliveryFailed);
    expect(fault).toMatchObject({ fault: expected });
  }
});

test('nobody there, or an address that must not be reached: to be tried again', async () => {
  const { deliver } = await delivering(() => 'drop');
  await expect(deliver()).rejects.toMatchObject({ name: 'DeliveryFailed', fault: 'unavailable' });
  await expect(deliver({ place: { url: 'https://169.254.169.254/' } })).rejects.toMatchObject({ fault: 'unavailable' });
});
