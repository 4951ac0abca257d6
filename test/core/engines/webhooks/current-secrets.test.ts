import { expect, test } from 'vitest';
import { currentSecrets, withNewSecret } from '../../../../core/engines/webhooks/current-secrets.ts';

const until = '2026-02-16T12:00:00.000Z';

test('after a rotation two secrets sign until the time is over, then the new one alone', () => {
  const rotated = withNewSecret([{ sealed: 'a' }], 'b', until);
  expect(currentSecrets(rotated, Date.parse(until) - 1).map(({ sealed }) => sealed)).toEqual(['b', 'a']);
  expect(currentSecrets(rotated, Date.parse(until)).map(({ sealed }) => sealed)).toEqual(['b']);
});

test('a second rotation keeps two, not three', () => {
  const twice = withNewSecret(withNewSecret([{ sealed: 'a' }], 'b', until), 'c', until);
  expect(twice).toEqual([{ sealed: 'c' }, { sealed: 'b', until }]);
});
