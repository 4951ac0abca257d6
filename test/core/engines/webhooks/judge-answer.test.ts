import { expect, test } from 'vitest';
import { isOverloaded, judgeAnswer, reasonOf } from '../../../../core/engines/webhooks/judge-answer.ts';

test.each([
  [200, 'taken', false],
  [204, 'taken', false],
  [301, 'failing', false],
  [302, 'failing', false],
  [400, 'failing', false],
  [404, 'failing', false],
  [410, 'gone', false],
  [429, 'failing', true],
  [500, 'failing', true],
  [503, 'failing', true],
  [undefined, 'failing', true],
] as const)('an answer of %s is %s; the receiver is left alone for a moment: %s', (status, verdict, rests) => {
  expect(judgeAnswer(status)).toBe(verdict);
  expect(isOverloaded(status)).toBe(rests);
});

test('the reason is the fault, or the status', () => {
  expect(reasonOf({ error: 'nobody answers' })).toBe('nobody answers');
  expect(reasonOf({ status: 503 })).toBe('the endpoint answered 503');
});
