import { expect, test } from 'vitest';
import { writeKeyIn, writeKeyOf } from '../../../functions/kit/write-key.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

test.each([
  [{ headers: { authorization: basic('key:') } }, 'key'],
  [{ headers: { authorization: basic('key') } }, 'key'],
  [{ headers: { authorization: basic(':') } }, undefined],
  [{ headers: { authorization: 'basic !!' } }, undefined],
  [{ headers: { authorization: 'Bearer key:secret' } }, 'key'],
  [{ headers: { authorization: 'Digest key' } }, undefined],
  [{ headers: { 'x-write-key': 'key:secret' } }, 'key'],
  [{ headers: { 'x-api-key': ' key ' } }, 'key'],
  [{ headers: {}, pathParameters: { writeKey: 'key' } }, 'key'],
  [{ headers: {}, queryStringParameters: { writeKey: 'key' } }, 'key'],
  [{ headers: { authorization: basic(':') }, queryStringParameters: { writeKey: 'key' } }, 'key'],
  [{ headers: { authorization: basic('one:'), 'x-write-key': 'two:' } }, 'one'],
  [{ headers: {} }, undefined],
])('%j carries %s', (event, key) => {
  expect(writeKeyOf(event as never)).toBe(key);
});

test.each([
  [{ writeKey: 'key' }, 'key'],
  [{ writeKey: 7 }, undefined],
  [{ writeKey: '' }, undefined],
  [null, undefined],
  [[], undefined],
  ['key', undefined],
])('the body %j carries %s', (body, key) => {
  expect(writeKeyIn(body)).toBe(key);
});
