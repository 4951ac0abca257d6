import { beforeEach, expect, test } from 'vitest';
import { openSender } from '../../../../bin/import/open-sender.ts';
import { type PlanOptions, readPlan } from '../../../../bin/import/read-plan.ts';
import { mapRow } from '../../../../core/engines/imports/map-row.ts';
import { gatewayClient } from '../../../fixtures/gateway-client.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

const email = 'jane@example.com';
const someoneElse = { email: 'other@example.com', firstName: 'Other' };

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

/** Imports one row of CSV, as `cdp import` does it. */
const importRow = async (cells: Record<string, string>, options: PlanOptions): Promise<void> => {
  const plan = readPlan(options, Object.keys(cells));
  const mapped = mapRow({ number: 1, cells }, plan);
  if ('reason' in mapped) throw new Error(mapped.reason);
  const stop = new AbortController().signal;
  const sending = { importId: 'import-1', concurrency: 1, retries: 0, stop };
  const tally = await openSender(gatewayClient(platform.keys.admin), plan, sending).send([mapped]);
  if (tally.accepted !== 1) throw new Error(JSON.stringify(tally.errors));
  await platform.foldEvents();
};

const found = async () => {
  const { data } = await platform.call('lookupProfile', { query: { type: 'email', value: email } });
  const timeline = await platform.call('getTimeline', { params: { id: data.id }, query: { types: 'consent' } });
  const entries = timeline.data.items.flatMap(item => (item.kind === 'consent' ? [item] : []));
  return { id: data.id, consent: data.consent, entries };
};

const create = (query = {}) => platform.call('createProfile', { query, body: { email, consent: { email: true } } });

interface Case {
  way: string;
  say: () => Promise<unknown>;
  source: string;
  /** When it was said; the time of the platform when absent. */
  at?: string;
}

const jane = { email, agreed: 'yes' };
const map = ['email=email', 'consent.email=agreed'];
const person = [{ type: 'email' as const, value: email }];
const track = async (event: object): Promise<void> => {
  await platform.call('trackEvent', {
    body: { identifiers: person, type: 'consent', consent: { email: true }, ...event },
  });
  await platform.foldEvents();
};
const said = '2026-02-01T09:00:00.000Z';

const cases: Case[] = [
  { way: 'a new profile', say: () => create(), source: 'api' },
  { way: 'a new profile whose caller says who said so', say: () => create({ source: 'checkout' }), source: 'checkout' },
  { way: 'an import of profiles', say: () => importRow(jane, { as: 'profiles', map }), source: 'import' },
  {
    way: 'an import of profiles with a source',
    say: () => importRow(jane, { as: 'profiles', map, source: 'crm' }),
    source: 'crm',
  },
  { way: 'an import of consents', say: () => importRow(jane, { as: 'consents', map }), source: 'import' },
  {
    way: 'an import of consents with times and a source',
    say: () =>
      importRow({ ...jane, at: said }, { as: 'consents', map: [...map, 'timestamp=at'], source: 'newsletter-tool' }),
    source: 'newsletter-tool',
    at: said,
  },
  {
    way: 'an import of events that tell a consent',
    say: () => importRow(jane, { as: 'events', type: 'form_submit', map }),
    source: 'import',
  },
  { way: 'an event', say: () => track({ source: 'web', timestamp: said }), source: 'web', at: said },
  { way: 'an event without a source', say: () => track({ timestamp: said }), source: 'event', at: said },
];

test.each(cases)(
  'consent given by $way is shown as yes or no, and recorded with who said so and when',
  async ({ say, source, at }) => {
    const now = new Date(platform.clock.at).toISOString();
    await say();
    const { consent, entries } = await found();
    expect(consent).toEqual({ email: true, updatedAt: at ?? now });
    expect(entries).toEqual([{ kind: 'consent', at: at ?? now, consent: { changes: { email: true }, source } }]);
  },
);

test('each later word is an entry of its own, with its own source and time', async () => {
  await create();
  const { id } = await found();
  platform.clock.advance(1000);
  await platform.call('updateProfile', {
    params: { id },
    query: { source: 'preference-centre' },
    body: { consent: { sms: true, tracking: false } },
  });
  platform.clock.advance(1000);
  await platform.call('createProfile', {
    query: { onConflict: 'upsert', source: 'checkout' },
    body: { email, consent: { sms: false } },
  });
  platform.clock.advance(1000);
  await track({ type: 'email_unsubscribe', consent: undefined });
  const { consent, entries } = await found();
  expect(consent).toMatchObject({ email: false, sms: false, tracking: false });
  expect(entries.map(({ at, consent: { changes, source } }) => [at.slice(17, 19), source, changes])).toEqual([
    ['03', 'email_unsubscribe', { email: false }],
    ['02', 'checkout', { sms: false }],
    ['01', 'preference-centre', { sms: true, tracking: false }],
    ['00', 'api', { email: true }],
  ]);
});

test('each channel keeps who said it last', async () => {
  await create({ source: 'sign-up' });
  const { id } = await found();
  platform.clock.advance(1000);
  await platform.call('updateProfile', {
    params: { id },
    query: { source: 'phone-call' },
    body: { consent: { sms: true } },
  });
  const state = await platform.services.profiles.get(id);
  expect(state?.person.consent).toMatchObject({
    email: { granted: true, source: 'sign-up' },
    sms: { granted: true, source: 'phone-call' },
  });
  expect(state?.person.consent.sms?.at).toBe(platform.clock.at);
});

test('who says nothing of consent leaves no record', async () => {
  await platform.call('createProfile', { body: { ...someoneElse, email } });
  expect(await found()).toMatchObject({ consent: {}, entries: [] });
});

test.each(['', 'x'.repeat(101)])('a source of the wrong length is refused', async source => {
  expect((await create({ source })).status).toBe(422);
});
