import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guardJson } from '../../../functions/kit/guard-json.ts';

const guard = (body: string | Uint8Array) => guardJson(Buffer.from(body as string));
const nested = (levels: number, open: string, close: string) => open.repeat(levels) + close.repeat(levels);
const keys = (count: number) => `{${Array.from({ length: count }, (_, n) => `"k${n}":0`).join(',')}}`;

test('gives back whatever JSON says, byte for byte', () =>
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 20 }), value => {
      const text = JSON.stringify(value);
      fc.pre(!/__proto__|constructor/.test(text) && text.isWellFormed());
      expect(guard(text)).toEqual(JSON.parse(text));
    }),
  ));

describe('takes', () => {
  test.each([
    ['30 levels of arrays', nested(30, '[', ']')],
    ['30 levels of objects', `${'{"a":'.repeat(29)}{}${'}'.repeat(29)}`],
    ['1,000 keys in one object', keys(1000)],
    ['1,000 keys in each of two objects', `[${keys(1000)},${keys(1000)}]`],
    ['brackets and colons inside of texts', `"${'[{:'.repeat(2000)}"`],
    ['escaped quotes before brackets', `["\\"${'['.repeat(100)}","\\\\"]`],
    ['a whole surrogate pair, escaped', '"\\ud83d\\ude00"'],
    ['an escaped backslash before what looks like a surrogate', '"\\\\ud800"'],
    ['blanks around it', ' \n\t{} '],
    ['a member named constructor that is no attack', '{"constructor":"Ada"}'],
  ])('%s', (_name, body) => expect(guard(body)).toEqual(JSON.parse(body)));
});

describe('refuses with 400, and tells why', () => {
  test.each([
    ['31 levels of arrays', nested(31, '[', ']'), /deeper than 30/],
    ['31 levels of objects', `${'{"a":'.repeat(30)}{}${'}'.repeat(30)}`, /deeper than 30/],
    ['a depth bomb', nested(500_000, '[', ']'), /deeper than 30/],
    [
      'a depth bomb that names a prototype and half of a pair',
      `["proto","\\ud800",${nested(500_000, '[', ']')}]`,
      /deeper/,
    ],
    ['a depth bomb that never ends', '['.repeat(500_000), /not JSON/],
    ['1,001 keys', keys(1001), /more than 1000 keys/],
    ['a __proto__ member', '{"__proto__":{"polluted":1}}', /proto/i],
    ['a __proto__ member far inside', '{"a":[{"b":{"__proto__":null}}]}', /proto/i],
    ['a __proto__ member in escapes', '{"\\u005f\\u005fproto__":{}}', /proto/i],
    ['constructor.prototype', '{"constructor":{"prototype":{"polluted":1}}}', /prototype/i],
    ['bad UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), /UTF-8/],
    ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), /UTF-8/],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), /UTF-8/],
    ['half of a pair', '"\\ud83d"', /surrogate/],
    ['the other half', '"\\uDE00 and text"', /surrogate/],
    ['half of a pair in a name', '{"\\ud800":1}', /surrogate/],
    ['two halves in the wrong order', '"\\ude00\\ud83d"', /surrogate/],
    ['nothing', '', /empty/],
    ['blanks', ' \n', /empty/],
    ['a truncated object', '{"a":1', /not JSON/],
    ['a trailing comma', '[1,]', /not JSON/],
    ['single quotes', "{'a':1}", /not JSON/],
    ['a number that is none', '[NaN]', /not JSON/],
    ['a control character', '"\u0001"', /not JSON/],
    ['two values', '{} {}', /not JSON/],
  ])('%s', (_name, body, reason) => {
    expect(() => guard(body)).toThrowError(
      expect.objectContaining({
        code: 'INVALID_REQUEST',
        details: [{ path: 'body', reason: expect.stringMatching(reason) }],
      }),
    );
  });
});

test('no body ever changes the prototype of objects', () =>
  fc.assert(
    fc.property(
      fc.constantFrom('__proto__', 'constructor', 'prototype', '\\u005f_proto__'),
      fc.constantFrom('{"polluted":1}', '{"prototype":{"polluted":1}}', 'null', '[]'),
      (name, value) => {
        const body = `{"a":{"${name}":${value}}}`;
        try {
          Object.assign({}, guard(body));
        } catch (refusal) {
          expect(refusal).toMatchObject({ code: 'INVALID_REQUEST' });
        }
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      },
    ),
  ));

test('bytes of any kind are JSON or refused, never a fault of ours', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      try {
        guard(bytes);
      } catch (refusal) {
        expect(refusal).toMatchObject({ code: 'INVALID_REQUEST' });
      }
    }),
    { numRuns: 2000 },
  ));
