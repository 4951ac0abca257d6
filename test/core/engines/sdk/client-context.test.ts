import { describe, expect, test } from 'vitest';
import { type Connection, clientContext } from '../../../../core/engines/sdk/client-context.ts';
import { readAgent } from '../../../../core/engines/sdk/read-agent.ts';
import { shownAddress } from '../../../../core/engines/sdk/shown-address.ts';

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1';
const bot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

const contextOf = (context: Record<string, unknown>, connection: Partial<Connection> = {}, given = {}) =>
  clientContext(
    { type: 'page', given, context },
    {
      connection: { fromBrowser: false, ...connection },
      showAddress: address => shownAddress(address, 'truncate'),
      readAgent,
    },
  );

test('the user agent is parsed to browser, system and device', () => {
  expect(contextOf({ userAgent: phone })).toEqual({
    userAgent: phone,
    browser: { name: 'Safari', version: '17.0' },
    os: { name: 'iOS', version: '17.0' },
    device: { type: 'mobile', manufacturer: 'Apple', model: 'iPhone' },
    call: { type: 'page' },
  });
});

test('what the client says itself holds, and what it leaves empty is filled in', () => {
  expect(contextOf({ userAgent: phone, os: { name: '', version: '16' }, device: { id: 'd' } })).toMatchObject({
    os: { name: 'iOS', version: '16' },
    device: { id: 'd', type: 'mobile' },
  });
});

test('a bot is flagged', () => {
  expect(contextOf({ userAgent: bot }).bot).toBe(true);
  expect(contextOf({ userAgent: phone })).not.toHaveProperty('bot');
  expect(contextOf({})).not.toHaveProperty('bot');
});

test('traits are no context', () => {
  expect(contextOf({ traits: { email: 'a@example.com' }, locale: 'de' })).toEqual({
    locale: 'de',
    call: { type: 'page' },
  });
});

describe('the connection', () => {
  const connection = { address: '203.0.113.77', userAgent: phone, location: { country: 'DE' } };

  test('of a browser tells of the person', () => {
    expect(contextOf({}, { ...connection, fromBrowser: true })).toMatchObject({
      ip: '203.0.113.0',
      device: { type: 'mobile' },
      location: { country: 'DE' },
    });
  });

  test('of a server tells nothing', () => {
    expect(contextOf({}, connection)).toEqual({ call: { type: 'page' } });
  });

  test('gives way to what the client says', () => {
    const said = { ip: '198.51.100.9', userAgent: bot, location: { country: 'FR' } };
    expect(contextOf(said, { ...connection, fromBrowser: true })).toMatchObject({
      ip: '198.51.100.0',
      userAgent: bot,
      location: { country: 'FR' },
    });
  });
});

test.each([
  ['203.0.113.77', 'truncate', '203.0.113.0'],
  ['203.0.113.77', 'keep', '203.0.113.77'],
  ['203.0.113.77', 'drop', undefined],
  [' 203.0.113.77 ', 'truncate', '203.0.113.0'],
  ['::ffff:203.0.113.77', 'truncate', '203.0.113.0'],
  ['2001:db8:1234:5678:9abc::1', 'truncate', '2001:db8:1234::'],
  ['2001:db8::1', 'keep', '2001:db8::1'],
  ['::1', 'truncate', '::'],
  ['', 'keep', undefined],
  ['somebody', 'keep', undefined],
  ['999.1.1.1', 'truncate', undefined],
  ['203.0.113.77, 10.0.0.1', 'keep', undefined],
] as const)('of the address %s, %s leaves %s', (address, policy, shown) => {
  expect(shownAddress(address, policy)).toBe(shown);
});

test('an agent without end, of nothing that is known, is read like any other', () => {
  expect(readAgent(`Thing/1.0 (${'long '.repeat(100_000)})`)).toEqual({
    browser: { name: 'Thing', version: '1.0' },
    os: undefined,
    device: undefined,
    bot: false,
  });
});
