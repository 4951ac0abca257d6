import { expect, test } from 'vitest';
import { type GateSubject, passGate } from '../../../../core/engines/activation/consent-gate.ts';
import { PlanTally, type TellingFormat } from '../../../../core/engines/activation/plan-tally.ts';

const format: TellingFormat = {
  matchKeys: ['email', 'phone'],
  rowsMax: 10,
  sizeFloor: 20,
  row: ({ email, phone }) => {
    const row = { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) };
    return Object.keys(row).length === 0 ? undefined : row;
  },
};

const member = (id: string, externalIds: GateSubject['profile']['externalIds']) => {
  const profile = { id, externalIds, attributes: { tags: [], customFields: {} } };
  const consents = { email: { granted: true, at: 0, id: 'request-1', source: 'api' } };
  const policy = { gdpr: 'strict', ccpa: 'strict', sharing: false, now: 1 } as const;
  const passed = passGate({ profile, consents, suppressed: false }, ['email'], policy);
  if (!('member' in passed)) throw new Error('nobody passed');
  return passed.member;
};
const adds = (count: number, withPhone: number) =>
  Array.from({ length: count }, (_, index) => ({
    operation: 'add' as const,
    digest: '',
    member: member(`profile-${index}`, { email: `p${index}@x.com`, ...(index < withPhone ? { phone: '+1555' } : {}) }),
  }));
const reportOf = (...steps: Parameters<PlanTally['take']>[0][]) => {
  const tally = new PlanTally(format);
  for (const step of steps) tally.take(step);
  return tally.told();
};
const removes = (count: number) => Array.from({ length: count }, () => ({ operation: 'remove' as const }));

test('everybody counts once, as added, removed, unchanged or by why they are left out', () => {
  const { planned } = reportOf(
    ...adds(3, 0),
    ...removes(2),
    { operation: 'none', member: member('profile-x', { phone: '+1' }) },
    { operation: 'none', skipped: 'consent' },
    { operation: 'none', skipped: 'holdout' },
    { operation: 'none' },
  );
  expect(planned).toEqual({
    ...{ add: 3, remove: 2, unchanged: 1 },
    skipped: { consent: 1, suppressed: 0, noIdentifier: 0, lowConfidence: 0, holdout: 1 },
  });
});

test('coverage is of those who will be there, calls are of those who are told of', () => {
  const { coverage, calls, rows } = reportOf(...adds(24, 6), ...removes(11), {
    operation: 'none',
    member: member('profile-x', { phone: '+1' }),
  });
  expect(coverage).toEqual([
    { key: 'email', people: 24, percent: 96 },
    { key: 'phone', people: 7, percent: 28 },
  ]);
  expect(calls).toBe(3 + 2);
  expect(rows).toHaveLength(10);
  expect(rows[0]).toEqual({ email: 'p0@x.com', phone: '+1555' });
});

test.each([
  ['nobody will be there', [], ['NOBODY']],
  ['there are too few for the platform', adds(5, 0), ['TOO_FEW']],
  ['enough are there', adds(20, 0), []],
  ['most are taken out', [...adds(20, 0), ...removes(30)], ['REMOVES_MOST']],
])('a warning tells that %s', (_what, steps, codes) => {
  expect(reportOf(...steps).warnings.map(({ code }) => code)).toEqual(codes);
});
