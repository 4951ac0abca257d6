import { expect, test } from 'vitest';
import { type ConsentSide, combineConsent } from '../../../../core/engines/merge/combine-consent.ts';
import { consentMergePolicies } from '../../../../core/model/merge-record.ts';

interface Said {
  granted: boolean;
  at: number;
  source?: string;
  /** When it had been agreed to before. */
  grantedAt?: number;
}

const sideOf = (said: Partial<Record<'email' | 'sms', Said>>): ConsentSide => ({
  consent: Object.fromEntries(
    Object.entries(said).map(([channel, { granted, at, source = 'api' }]) => [
      channel,
      { granted, at, source, id: `${channel}-${at}` },
    ]),
  ),
  ledger: Object.entries(said).flatMap(([channel, { granted, at, grantedAt }]) => [
    ...(grantedAt === undefined ? [] : [{ at: grantedAt, changes: { [channel]: true } }]),
    { at, changes: { [channel]: granted } },
  ]),
});

const safely = (one: ConsentSide, other: ConsentSide, score = 100) =>
  combineConsent(one, other, { policy: 'permissive_safe', score });

test('a grant on either side survives a no that never was a yes', () => {
  const one = sideOf({ email: { granted: true, at: 1 }, sms: { granted: false, at: 1 } });
  const other = sideOf({ email: { granted: false, at: 2 }, sms: { granted: true, at: 2 } });
  expect(safely(one, other).consent).toMatchObject({ email: { granted: true }, sms: { granted: true } });
});

test.each([
  ['a consent that was taken back after the other was given', { granted: false, at: 3, grantedAt: 1 }, 100, false],
  ['one that was taken back before it', { granted: false, at: 1, grantedAt: 0 }, 100, true],
  ['an unsubscription after it', { granted: false, at: 3, source: 'email_unsubscribe' }, 100, false],
  ['an unsubscription before it', { granted: false, at: 1, source: 'email_unsubscribe' }, 100, true],
  ['an objection by law, whenever it was', { granted: false, at: 1, source: 'gpc' }, 100, false],
  ['any no where the merge is not certain', { granted: false, at: 1 }, 99, false],
])('%s: the yes stands or falls as it must, from either side', (_, refusal, score, granted) => {
  const [yes, no] = [sideOf({ email: { granted: true, at: 2 } }), sideOf({ email: refusal })];
  expect(safely(yes, no, score).consent.email?.granted).toBe(granted);
  expect(safely(no, yes, score).consent.email?.granted).toBe(granted);
});

test.each([
  ['permissive_safe', 99, undefined],
  ['restrictive', 99, undefined],
  ['permissive_safe', 100, true],
  ['restrictive', 100, true],
  ['latest_explicit', 99, true],
] as const)(
  'by %s with a score of %d what only one side agreed to is %s, from either side',
  (policy, score, granted) => {
    const [yes, nothing] = [sideOf({ email: { granted: true, at: 2 } }), sideOf({})];
    for (const sides of [
      [yes, nothing],
      [nothing, yes],
    ] as const)
      expect(combineConsent(...sides, { policy, score }).consent.email?.granted).toBe(granted);
  },
);

test('where the merge is not certain a yes of both stays, and so does a no that only one has said', () => {
  const one = sideOf({ email: { granted: true, at: 1 }, sms: { granted: false, at: 1 } });
  const other = sideOf({ email: { granted: true, at: 2 } });
  expect(safely(one, other, 99).consent).toMatchObject({ email: { granted: true }, sms: { granted: false } });
});

test('a yes that is not taken over is on record with its proof', () => {
  const { consent, decisions } = safely(sideOf({}), sideOf({ email: { granted: true, at: 2 } }), 99);
  expect(consent).toEqual({});
  expect(decisions).toEqual([
    {
      channel: 'email',
      granted: false,
      from: 'secondary',
      reason: 'not_deterministic',
      proof: { at: 2, source: 'api', id: 'email-2' },
    },
  ]);
});

test('each decision names whose word it is and by what it is proved', () => {
  const no = sideOf({ email: { granted: false, at: 3, grantedAt: 1 } });
  expect(safely(sideOf({ email: { granted: true, at: 2 } }), no).decisions).toEqual([
    {
      channel: 'email',
      granted: false,
      from: 'secondary',
      reason: 'withdrawn_later',
      proof: { at: 3, source: 'api', id: 'email-3' },
    },
  ]);
});

test.each([
  ['latest_explicit', true],
  ['restrictive', false],
  ['permissive', true],
] as const)('by %s a newer yes over an older no is %s', (policy, granted) => {
  const [no, yes] = [sideOf({ email: { granted: false, at: 1 } }), sideOf({ email: { granted: true, at: 2 } })];
  expect(combineConsent(no, yes, { policy, score: 100 }).consent.email?.granted).toBe(granted);
});

test('no policy lets a yes stand against an objection by law, and what one side was never asked is no word', () => {
  const gpc = sideOf({ email: { granted: false, at: 1, source: 'ccpa' } });
  const yes = sideOf({ email: { granted: true, at: 2 }, sms: { granted: true, at: 2 } });
  for (const policy of consentMergePolicies)
    expect(combineConsent(gpc, yes, { policy, score: 100 }).consent).toMatchObject({
      email: { granted: false },
      sms: { granted: true },
    });
});
