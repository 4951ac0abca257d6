import { describe, expect, test } from 'vitest';
import { platforms } from '../../../../core/engines/activation/platforms/platforms.ts';
import type { Delivery, DeliveryRow, Destination } from '../../../../core/ports/destination.ts';
import { appSecretProof } from '../../../../functions/adapters/destinations/facebook/facebook-graph.ts';
import { sha256 } from '../../../../functions/adapters/sha256.ts';
import { FakeStore } from '../../../../lib/local/fakes/fake-store.ts';
import { setMark } from '../../../../lib/local/fakes/marks.ts';
import {
  adding,
  consentedMember,
  type FakeDestinationOptions,
  type FakeDestinations,
  fakeDestinations,
  type Person,
  places,
} from '../../../fixtures/fake-destinations.ts';

const people: Person[] = [
  {
    id: 'profile-1',
    email: 'Jane.Doe+shop@Gmail.com',
    phone: '+1 (212) 555-0123',
    firstName: 'Jane',
    lastName: "O'Hara",
  },
  {
    id: 'profile-2',
    email: 'per@example.com',
    phone: '+4915112345678',
    firstName: 'Per',
    country: 'DE',
    city: 'Bad Ems',
  },
  { id: 'profile-3', email: 'sue@example.org' },
];

const names = ['facebook', 'google', 'klaviyo', 'mailchimp', 'braze', 'hubspot'] as const;
type Name = (typeof names)[number];

const opened = async (name: Name, options?: FakeDestinationOptions) => {
  const open: FakeDestinations = await fakeDestinations(options);
  const { list } = places[name];
  const running = open.fakes.of(name);
  running.addAccounts(people);
  const destination = open.destinations.of(name) as Destination;
  const target = { audienceId: 'audience-1', audienceName: 'Spenders', place: places[name].place };
  const deliver = (rows: readonly DeliveryRow[]) => destination.deliver({ ...target, rows } as Delivery);
  return { ...open, running, destination, target, deliver, held: () => running.store.list(list).size };
};

/** What is remembered of a person to take them out again. */
const sentOf = (name: Name, person: Person) => {
  const row = platforms[name].row(consentedMember(person), { sha256 });
  return row && platforms[name].foundBy(row);
};
const removing = (name: Name, some: readonly Person[]): DeliveryRow[] =>
  some.map(person => ({
    ...{ row: `${person.id}:2`, operation: 'remove', profileId: person.id },
    sent: sentOf(name, person),
  }));

describe.each(names)('%s', name => {
  test('holds whom it was sent, once, and nobody who was taken out', async () => {
    const { deliver, held } = await opened(name);
    expect((await deliver(adding(people))).refused).toEqual([]);
    expect(held()).toBe(3);
    await deliver(adding(people));
    expect(held()).toBe(3);
    await deliver(removing(name, people.slice(0, 2)));
    expect(held()).toBe(1);
    await deliver(removing(name, people));
    expect(held()).toBe(0);
  });

  test('a person with another address takes the place of themselves', async () => {
    const { deliver, held } = await opened(name);
    await deliver(adding(people));
    const [first] = people;
    if (!first) throw new Error('nobody');
    const moved = { ...first, email: 'jane@example.net' };
    const [row] = adding([moved]);
    if (row?.operation !== 'add') throw new Error('no row');
    await deliver([{ ...row, row: 'profile-1:2', sent: sentOf(name, first) }]);
    expect(held()).toBe(3);
  });

  test('does not know wrong credentials', async () => {
    const wrong = { accessToken: 'x', apiKey: 'x-us1', serviceAccount: '{"client_email":"a","private_key":"b"}' };
    const { deliver, held } = await opened(name, { secrets: wrong });
    await expect(deliver(adding(people))).rejects.toMatchObject({ fault: 'unauthorized' });
    expect(held()).toBe(0);
  });

  test.each(['429', '500', '503', 'drop', 'slow'] as const)(
    '%s: nothing is taken, and it may be tried again',
    async kind => {
      const { deliver, running, held } = await opened(name, { milliseconds: 500 });
      running.faults.add(kind, 1);
      await expect(deliver(adding(people))).rejects.toMatchObject({ fault: 'unavailable' });
      expect(held()).toBe(0);
      expect((await deliver(adding(people))).refused).toEqual([]);
      expect(held()).toBe(3);
    },
  );

  test('an answer that is lost after all was taken: sent again, everybody is there once', async () => {
    const { deliver, running, held } = await opened(name);
    running.faults.add('lost', 1);
    await expect(deliver(adding(people))).rejects.toMatchObject({ fault: 'unavailable' });
    await deliver(adding(people));
    expect(held()).toBe(3);
  });

  test('a row that alone is not taken is named, and the others are there', async () => {
    const { deliver, running, held } = await opened(name);
    running.faults.add('partial', 1);
    const { refused } = await deliver(adding(people));
    expect(refused).toEqual([{ row: 'profile-1:1', reason: expect.any(String) }]);
    expect(held()).toBe(2);
  });
});

const planted: Record<string, (text: string) => string> = {
  'does not hash at all': text => text,
  'hashes twice': text => sha256(sha256(text)),
  'hashes in capitals': text => sha256(text).toUpperCase(),
  'hashes addresses in capitals': text => sha256(text.toUpperCase()),
  'leaves blanks around': text => sha256(` ${text} `),
};

describe.each(['facebook', 'google'] as const)('a normaliser planted at %s', name => {
  test.each(Object.entries(planted))('that %s is refused', async (_what, wrong) => {
    const { deliver, held } = await opened(name, { sha256: wrong });
    const outcome = await deliver(adding(people.slice(0, 2))).catch(fault => fault);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ fault: 'refused' });
    else expect(outcome.refused.map(({ row }: { row: string }) => row)).toEqual(['profile-1:1', 'profile-2:1']);
    expect(held()).toBe(0);
  });

  test('that is the one of the other platform is refused', async () => {
    const { running, held } = await opened(name);
    const other = name === 'facebook' ? 'google' : 'facebook';
    const row = platforms[other].row(consentedMember(people[0] ?? { id: '' }), { sha256 }) ?? {};
    const email = row.emailAddress ?? row.EMAIL ?? '';
    const { secrets } = running.credentials;
    const request = { method: 'POST', query: new URLSearchParams(), headers: {} as Record<string, string> };
    if (name === 'facebook') {
      request.query.set('appsecret_proof', appSecretProof(secrets.accessToken ?? '', secrets.appSecret ?? ''));
      request.headers.authorization = `Bearer ${secrets.accessToken}`;
      const body = { payload: { schema: ['EMAIL'], data: [[email]] } };
      expect(await running.take({ ...request, path: '/v25.0/12345678/users', body })).toMatchObject({
        answer: { status: 400, body: { error: { message: expect.stringContaining('was not normalised') } } },
      });
    } else {
      running.store.put('_tokens', [['known', { until: Date.now() + 60_000 }]]);
      request.headers.authorization = 'Bearer known';
      const destinations = [
        { operatingAccount: { accountType: 'GOOGLE_ADS', accountId: '1234567890' }, productDestinationId: '987' },
      ];
      const consent = { adUserData: 'CONSENT_GRANTED', adPersonalization: 'CONSENT_GRANTED' };
      const termsOfService = { customerMatchTermsOfServiceStatus: 'ACCEPTED' };
      const audienceMembers = [{ userData: { userIdentifiers: [{ emailAddress: email }] } }];
      const body = { destinations, audienceMembers, consent, termsOfService, encoding: 'HEX' };
      const path = '/v1/audienceMembers:ingest';
      expect(JSON.stringify(await running.take({ ...request, path, body }))).toContain('was not normalised');
    }
    expect(held()).toBe(0);
  });
});

const patched: Record<'klaviyo' | 'mailchimp' | 'braze' | 'hubspot', Record<string, unknown>> = {
  klaviyo: {
    path: '/api/profile-bulk-import-jobs',
    body: {
      data: {
        type: 'profile-bulk-import-job',
        attributes: {
          profiles: { data: [{ type: 'profile', attributes: { external_id: 'p', email: 'A@EXAMPLE.COM' } }] },
        },
        relationships: { lists: { data: [{ type: 'list', id: 'XYZ123' }] } },
      },
    },
  },
  mailchimp: { path: '/3.0/lists/abc/segments/42', body: { members_to_add: ['A@EXAMPLE.COM'] } },
  braze: {
    path: '/users/track',
    body: { attributes: [{ external_id: 'p', email: 'A@EXAMPLE.COM', audiences: { add: ['audience-1'] } }] },
  },
  hubspot: {
    path: '/crm/v3/objects/contacts/batch/upsert',
    body: { inputs: [{ idProperty: 'email', id: 'A@EXAMPLE.COM', properties: { email: 'A@EXAMPLE.COM' } }] },
  },
};

test.each(Object.keys(patched) as (keyof typeof patched)[])(
  '%s refuses an address that was not normalised',
  async name => {
    const { running, held } = await opened(name);
    const { apiKey = '', accessToken = '' } = running.credentials.secrets;
    const authorization = {
      klaviyo: `Klaviyo-API-Key ${apiKey}`,
      mailchimp: `Basic ${Buffer.from(`x:${apiKey}`).toString('base64')}`,
      braze: `Bearer ${apiKey}`,
      hubspot: `Bearer ${accessToken}`,
    }[name];
    const headers = { authorization, revision: '2026-04-15' };
    const { path, body } = patched[name] as { path: string; body: unknown };
    const outcome = await running.take({ method: 'POST', path, body, headers, query: new URLSearchParams() });
    expect(outcome).toMatchObject({ answer: { status: 400 } });
    expect(held()).toBe(0);
  },
);

test('a restart of the stand-ins finds what was answered', async () => {
  const { deliver, running } = await opened('facebook');
  await deliver(adding(people));
  expect(new FakeStore(running.store.directory).list('12345678').size).toBe(3);
});

describe('an exchange of everybody', () => {
  test.each(['facebook', 'google'] as const)('at %s leaves whoever was in one of its batches', async name => {
    const { destination, target, deliver, held } = await opened(name);
    await deliver(adding(people.slice(0, 2)));
    await new Promise(resolve => setTimeout(resolve, 5));
    const session = await destination.replace?.begin(target as Delivery, 1);
    if (!session) throw new Error('it exchanges nobody');
    const batch = { ...target, rows: adding(people.slice(2)) } as Delivery;
    await destination.replace?.send(batch, { session, sequence: 1, last: false });
    expect(held()).toBeGreaterThanOrEqual(2);
    await destination.replace?.send({ ...batch, rows: [] }, { session, sequence: 2, last: true });
    expect(held()).toBe(1);
  });

  test('at Facebook is refused a second time while it is under way, and when a batch is missing', async () => {
    const { destination, target } = await opened('facebook');
    const session = await destination.replace?.begin(target as Delivery, 3);
    const other = await destination.replace?.begin(target as Delivery, 3);
    if (!session || !other) throw new Error('it exchanges nobody');
    const batch = { ...target, rows: adding(people) } as Delivery;
    await destination.replace?.send(batch, { session, sequence: 1, last: false });
    await expect(destination.replace?.send(batch, { session: other, sequence: 1, last: true })).rejects.toMatchObject({
      fault: 'unavailable',
    });
    await expect(destination.replace?.send(batch, { session, sequence: 3, last: true })).rejects.toMatchObject({
      fault: 'refused',
    });
  });
});

test.each([
  ['facebook', '471', 'blocked'],
  ['facebook', 'gone', 'gone'],
  ['google', 'gone', 'gone'],
  ['google', 'terms', 'blocked'],
] as const)('%s with an audience marked %s: %s', async (name, mark, fault) => {
  const { deliver, running, destination, target } = await opened(name);
  setMark(places[name].list, mark, running.store);
  await expect(deliver(adding(people))).rejects.toMatchObject({ fault });
  if (mark === '471') {
    expect(await destination.look?.(target as Delivery)).toMatchObject({
      usable: false,
      reason: expect.stringContaining('471'),
    });
  }
});

test('Facebook keeps people whose removal leaves too few', async () => {
  const { deliver, running } = await opened('facebook');
  await deliver(adding(people));
  setMark('12345678', 'tooSmall', running.store);
  await expect(deliver(removing('facebook', people))).rejects.toMatchObject({ fault: 'tooSmall' });
});

test.each(['google', 'mailchimp', 'hubspot'] as const)(
  'at %s nobody is said to be out of whom nothing is remembered',
  async name => {
    const { deliver, held } = await opened(name);
    await deliver(adding(people));
    const { refused } = await deliver([{ row: 'profile-1:2', operation: 'remove', profileId: 'profile-1' }]);
    expect(refused).toEqual([{ row: 'profile-1:2', reason: expect.stringContaining('not remembered') }]);
    expect(held()).toBe(3);
  },
);

test('Google replaces a token that was revoked before its time', async () => {
  const { deliver, running, held } = await opened('google');
  await deliver(adding(people));
  running.store.clear('_tokens');
  await deliver(removing('google', people));
  expect(held()).toBe(0);
});

test('Facebook makes an audience of people like those of another', async () => {
  const { destination, target, running } = await opened('facebook');
  const wish = { name: 'Like spenders', ratio: 0.01, country: 'US' };
  const made = await destination.createSimilar?.(target as Delivery, wish);
  expect(running.store.list('_lookalikes').get(made?.remoteId ?? '')).toMatchObject({ origin_audience_id: '12345678' });
  await expect(destination.createSimilar?.(target as Delivery, { ...wish, ratio: 0.5 })).rejects.toMatchObject({
    fault: 'refused',
  });
});
