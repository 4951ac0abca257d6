import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { readBody } from '../../../functions/kit/read-body.ts';

const read = (body: string | Uint8Array, headers = {}, bytesMax = 1000) =>
  readBody(
    {
      headers,
      body: typeof body === 'string' ? body : Buffer.from(body).toString('base64'),
      isBase64Encoded: typeof body !== 'string',
    } as unknown as APIGatewayProxyEventV2,
    bytesMax,
  );
const gzip = { 'content-encoding': 'gzip' };

test.each([
  ['text', '{"a":"ü"}', {}],
  ['base64', Buffer.from('{"a":"ü"}'), {}],
  ['gzip', gzipSync('{"a":"ü"}'), gzip],
  ['gzip, named in capitals', gzipSync('{"a":"ü"}'), { 'content-encoding': 'GZIP' }],
])('reads %s', (_name, body, headers) => expect(read(body, headers)).toEqual({ a: 'ü' }));

test('as many bytes as allowed are taken, and not one more', () => {
  expect(read(`"${'x'.repeat(998)}"`)).toHaveLength(998);
  expect(() => read(`"${'x'.repeat(999)}"`)).toThrowError(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }));
});

test('bytes count, not characters', () => {
  expect(() => read(`"${'ü'.repeat(600)}"`)).toThrowError(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }));
});

test('a gzip bomb is stopped at the limit, without being unpacked', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const before = process.memoryUsage.rss();
  for (let n = 0; n < 20; n += 1) {
    expect(() => read(bomb, gzip, 512 * 1024)).toThrowError(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }));
  }
  expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
});

test.each([
  ['no gzip', Buffer.from('{}')],
  ['a truncated one', gzipSync('{"a":1}').subarray(0, 15)],
  ['a damaged one', gzipSync('{"a":1}').fill(0, 10, 14)],
])('what calls itself gzip and is %s is refused with 400', (_name, body) => {
  expect(() => read(body, gzip)).toThrowError(expect.objectContaining({ code: 'INVALID_REQUEST' }));
});
