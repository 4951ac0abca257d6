import { expect, test } from 'vitest';
import { whyTell } from '../../../../core/engines/activation/why-tell.ts';

const now = 1000;
const sending = { state: 'sending' as const, operation: 'add' as const, row: 1, digest: 'd' };
const waiting = { ...sending, failure: { attempts: 1, nextAt: 2000, error: 'x' } };
const due = { ...sending, failure: { attempts: 1, nextAt: 1000, error: 'x' } };
const givenUp = { ...sending, failure: { attempts: 10, error: 'x' } };
const same = { operation: 'add' as const, digest: 'd', asked: false };

test.each<[string, Parameters<typeof whyTell>[0], Parameters<typeof whyTell>[1], ReturnType<typeof whyTell>]>([
  ['somebody new', undefined, same, 'anew'],
  ['one whose answer was lost', sending, same, 'anew'],
  ['one who waits', waiting, same, undefined],
  ['one who waits and has changed', waiting, { ...same, digest: 'e' }, undefined],
  ['one who waits and is to go', waiting, { operation: 'remove', asked: false }, 'anew'],
  ['one who waits and is asked for', waiting, { ...same, asked: true }, 'anew'],
  ['one who is due', due, same, 'again'],
  ['one who is due and has changed', due, { ...same, digest: 'e' }, 'again'],
  ['one who was given up', givenUp, same, undefined],
  ['one who was given up and is asked for', givenUp, { ...same, asked: true }, 'anew'],
  ['one who was given up and has changed', givenUp, { ...same, digest: 'e' }, 'anew'],
])('%s', (_what, record, telling, expected) => {
  expect(whyTell(record, telling, now)).toBe(expected);
});
