import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkRemovable } from '../../bin/check-removable.ts';

test.each(['.', '..', '/', process.cwd(), homedir()])('%s holds more than a state: it is not removed', directory => {
  expect(() => checkRemovable(directory)).toThrow('Check CDP_STATE_DIR');
});

test.each(['.cdp', join(process.cwd(), 'state'), join(tmpdir(), 'state'), `${process.cwd()}-state`])(
  '%s may be removed',
  directory => expect(() => checkRemovable(directory)).not.toThrow(),
);
