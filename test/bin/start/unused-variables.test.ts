import { expect, test } from 'vitest';
import { unusedVariables } from '../../../bin/start/unused-variables.ts';

test('nothing is said where nothing is given', () => {
  expect(unusedVariables({ PORT: '3001', DATABASE_URL: '' })).toBeUndefined();
});

test('one line says what stands in the place of what is given, and not what was given', () => {
  const line = unusedVariables({ DATABASE_URL: 'postgresql://user:pass@localhost/aura', REDIS_URL: 'redis://x' });
  expect(line).toMatch(/^Not used: DATABASE_URL \(.*DynamoDB.*\), REDIS_URL \(.*memory\)\.$/);
  expect(line).not.toContain('pass');
});
