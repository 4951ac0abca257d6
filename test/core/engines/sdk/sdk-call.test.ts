import { describe, expect, test } from 'vitest';
import { callNamed, callsIn, readCall } from '../../../../core/engines/sdk/sdk-call.ts';

test.each([
  ['track', 'track'],
  ['t', 'track'],
  ['i', 'identify'],
  ['p', 'page'],
  ['s', 'screen'],
  ['g', 'group'],
  ['a', 'alias'],
  ['b', 'batch'],
  ['import', 'batch'],
  ['tr', undefined],
  ['', undefined],
  ['__proto__', undefined],
])('the path %s names %s', (path, call) => {
  expect(callNamed(path)).toBe(call);
});

describe('the calls in a body', () => {
  test('one is of the type that its path names, whatever it says', () => {
    expect(callsIn('track', { type: 'page', event: 'A' })).toEqual([{ type: 'track', event: 'A' }]);
  });

  test.each([[7], [null], [[]], [{ batch: {} }], [{}]])('there are none in %j', body => {
    expect(callsIn('batch', body)).toBeUndefined();
  });

  test('what the body says holds for each, unless the call says otherwise; it was sent at the later of both times', () => {
    const body = {
      sentAt: '2026-01-01T00:00:05.000Z',
      context: { locale: 'de', ip: '203.0.113.7' },
      integrations: { Ads: true },
      batch: [
        { type: 'track', sentAt: '2026-01-01T00:00:01.000Z', context: { locale: 'en' } },
        { type: 'page' },
        'odd',
      ],
    };
    expect(callsIn('batch', body)).toEqual([
      {
        type: 'track',
        sentAt: '2026-01-01T00:00:05.000Z',
        context: { locale: 'en', ip: '203.0.113.7' },
        integrations: { Ads: true },
      },
      { type: 'page', sentAt: '2026-01-01T00:00:05.000Z', context: body.context, integrations: { Ads: true } },
      'odd',
    ]);
  });
});

test.each([
  [7, 'is no object'],
  [[], 'is no object'],
  [{ event: 'A' }, /^type is none of/],
  [{ type: 'toString' }, /^type is none of/],
  [{ type: 'track' }, /event/],
  [{ type: 'track', event: ' ' }, /event/],
  [{ type: 'page', properties: 'x' }, 'properties is no object'],
  [{ type: 'identify', traits: [1] }, 'traits is no object'],
  [{ type: 'identify', context: 1 }, 'context is no object'],
])('%j makes no sense as a call', (given, fault) => {
  expect(readCall(given)).toEqual({ fault: typeof fault === 'string' ? fault : expect.stringMatching(fault) });
});

test('what is null is not there', () => {
  expect(readCall({ type: 'page', properties: null, context: null })).toMatchObject({ type: 'page', context: {} });
});
