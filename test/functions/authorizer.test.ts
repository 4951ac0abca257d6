import { expect, test } from 'vitest';
import { unavailable } from '../../core/errors.ts';
import { openPlatform } from '../fixtures/open-platform.ts';

const throttled = Object.assign(new Error('busy'), { name: 'ThrottlingException' });

test.each([
  ['the table', { verifyKey: () => Promise.reject(throttled) }, 'a-key-that-is-good'],
  ['the issuer', { verifyToken: () => Promise.reject(unavailable('The issuer of tokens')) }, 'a.b.c'],
])(
  'where %s cannot be reached nobody is refused for it: 503 in the envelope, and when to try again',
  async (_what, overrides, key) => {
    const platform = await openPlatform({ overrides });
    for (const { status, error, headers } of [
      await platform.call('getStats', { key }),
      await platform.call('trackEvent', { key, body: { type: 'page_view', deviceId: 'device-1' } }),
    ]) {
      expect([status, error.code, headers['retry-after']]).toEqual([503, 'UNAVAILABLE', '5']);
    }
  },
);
