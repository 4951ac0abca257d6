import { describe, expect, test } from 'vitest';
import { NewEvent } from '../../../../core/contract/events.ts';
import { type CallTools, eventOf } from '../../../../core/engines/sdk/event-of.ts';
import { readAgent } from '../../../../core/engines/sdk/read-agent.ts';
import { callNamed, callsIn, readCall, type SdkCall } from '../../../../core/engines/sdk/sdk-call.ts';
import { shownAddress } from '../../../../core/engines/sdk/shown-address.ts';
import { nameTable } from '../../../../core/engines/sdk/standard-names.ts';
import { channelOf } from '../../../../core/model/channel.ts';
import { sdkRequests } from '../../../fixtures/sdk-requests.ts';

const tools = (fromBrowser = false): CallTools => ({
  connection: { fromBrowser },
  showAddress: address => shownAddress(address, 'truncate'),
  names: nameTable({}),
  readAgent,
});

const callOf = (given: unknown): SdkCall => {
  const call = readCall(given);
  if ('fault' in call) throw new Error(call.fault);
  return call;
};

const captured = sdkRequests
  .filter(({ method }) => method === 'POST')
  .flatMap(({ sdk, path, body, headers }) =>
    (callsIn(callNamed(path.split('/').at(-1) ?? '') ?? 'batch', body) ?? []).map(
      (given): [string, string, object, boolean] => [
        sdk,
        String((given as { type: string }).type),
        given as object,
        headers.origin !== undefined,
      ],
    ),
  );

const types: Readonly<Record<string, RegExp>> = {
  page: /^page_view$/,
  screen: /^page_view$/,
  track: /^(product_view|purchase)$/,
  identify: /^identify$/,
  group: /^group$/,
  alias: /^alias$/,
};

test('every SDK was captured with what it has', () => {
  const calls = new Map<string, Set<string>>();
  for (const [sdk, type] of captured) calls.set(sdk, (calls.get(sdk) ?? new Set()).add(type));
  expect(calls.size).toBe(6);
  for (const own of calls.values())
    expect([...own]).toEqual(expect.arrayContaining(['page', 'track', 'identify', 'group']));
});

describe.each(captured)('%s on the wire: %s', (sdk, type, given, fromBrowser) => {
  const event = eventOf(callOf(given), tools(fromBrowser));

  test('is an event that would be taken as it is', () => {
    expect(NewEvent.safeParse(event).error).toBeUndefined();
    expect(event.type).toMatch(types[type] ?? /^$/);
  });

  test('tells when it happened and was sent, by which id, and where', () => {
    expect(event.messageId).toMatch(/^.{20,100}$/);
    expect(event.timestamp).toMatch(/^2026-11-26T04:/);
    expect(event.source).toBe(fromBrowser ? 'web' : 'server');
    if (!sdk.includes('analytics-node')) expect(event.sentAt).toMatch(/^2026-11-26T04:/);
  });

  if (fromBrowser && type === 'page') {
    test('tells which page it was, and where the visit came from', () => {
      expect(event.properties).toMatchObject({ name: 'Sale', category: 'Campaigns', page: '/sale' });
      expect(channelOf(event)).toBe('email');
    });
  }
});

test.each([
  [{ timestamp: '2026-01-01T00:00:00Z', originalTimestamp: '2025-01-01T00:00:00Z' }, '2026-01-01T00:00:00Z'],
  [{ originalTimestamp: '2025-01-01T00:00:00Z' }, '2025-01-01T00:00:00Z'],
  [{ timestamp: 1767225600 }, '2026-01-01T00:00:00.000Z'],
  [{ timestamp: 1767225600000 }, '2026-01-01T00:00:00.000Z'],
  [{ timestamp: 1e300 }, '1e+300'],
  [{}, undefined],
])('%j happened at %s', (given, timestamp) => {
  expect(eventOf(callOf({ type: 'page', ...given }), tools()).timestamp).toBe(timestamp);
});

test('a long message id is cut, always the same way, and two that begin alike stay two', () => {
  const idOf = (messageId: string) => eventOf(callOf({ type: 'page', messageId }), tools()).messageId;
  const [one, other] = [`${'x'.repeat(150)}1`, `${'x'.repeat(150)}2`];
  expect(idOf(one)).toHaveLength(100);
  expect(idOf(one)).toBe(idOf(one));
  expect(idOf(one)).not.toBe(idOf(other));
});

test('of identify the traits of the context hold where the call says nothing else', () => {
  const given = { type: 'identify', traits: { plan: 'pro' }, context: { traits: { plan: 'free', firstName: 'Ada' } } };
  expect(eventOf(callOf(given), tools()).traits).toEqual({ firstName: 'Ada', customFields: { plan: 'pro' } });
});

test('of every other call they are not the person’s to keep', () => {
  const given = { type: 'track', event: 'A', context: { traits: { firstName: 'Ada' } } };
  expect(eventOf(callOf(given), tools())).not.toHaveProperty('traits');
});

test('a screen is a view of what it is called', () => {
  const { type, properties, context } = eventOf(
    callOf({ type: 'screen', name: 'Basket', properties: { a: 1 } }),
    tools(),
  );
  expect({ type, properties, context }).toEqual({
    type: 'page_view',
    properties: { a: 1, name: 'Basket', page: 'Basket' },
    context: { call: { type: 'screen' } },
  });
});

test('a name that becomes a type of ours stands in the context as it was', () => {
  expect(eventOf(callOf({ type: 'track', event: 'order_completed' }), tools()).context.call).toEqual({
    type: 'track',
    event: 'order_completed',
  });
});
