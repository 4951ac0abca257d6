import { expect, test } from 'vitest';
import { factOf, factTypes, personIn, subjectIn } from '../../../core/model/fact.ts';

const fact = (type: (typeof factTypes)[number], subject: string) =>
  factOf({ type, subject, sequence: '7', at: 0, data: {} });

test.each(factTypes)('a fact of the type %s tells its subject by its id', type => {
  expect(subjectIn(fact(type, 'profile-01abc').id)).toBe('profile-01abc');
});

test('what is about somebody is theirs; that somebody was erased is nobody’s any more', () => {
  const mine = factTypes.filter(type => personIn(fact(type, 'profile-01abc').id) === 'profile-01abc');
  expect(mine).toEqual([
    'profile.created',
    'profile.updated',
    'profile.merged',
    'profile.unmerged',
    'segment.entered',
    'segment.exited',
    'consent.changed',
    'consent.confirmation_requested',
    'identity.alert',
  ]);
  expect(personIn(fact('profile.erased', 'profile-01abc').id)).toBeUndefined();
});

test('later sequence numbers come later, however many digits they have', () => {
  const orders = ['9', '10', '111'].map(
    sequence => factOf({ type: 'job.failed', subject: 'job-1', sequence, at: 0, data: {} }).order,
  );
  expect([...orders].sort()).toEqual(orders);
});

test('an id has no dot, since the signature is over id, time and body with dots between', () => {
  for (const type of factTypes) expect(fact(type, 'x').id).not.toContain('.');
});
