import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../../core/errors.ts';
import { guardJson } from './guard-json.ts';

const bytesMaxByDefault = 512 * 1024;

const tooLarge = (bytesMax: number): Problem =>
  new Problem('PAYLOAD_TOO_LARGE', `The body has more than ${bytesMax} bytes`, [
    { path: 'body', reason: `at most ${bytesMax} bytes` },
  ]);

const unzip = (bytes: Uint8Array, bytesMax: number): Uint8Array => {
  try {
    return gunzipSync(bytes, { maxOutputLength: bytesMax });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytesMax);
    throw new Problem('INVALID_REQUEST', 'The body is not gzip', [{ path: 'body', reason: 'is not gzip' }]);
  }
};

/**
 * The JSON of a request: decoded, unzipped with a cap, and guarded, in this order.
 *
 * @throws Problem `PAYLOAD_TOO_LARGE` or `INVALID_REQUEST`
 */
export const readBody = (event: APIGatewayProxyEventV2, bytesMax = bytesMaxByDefault): unknown => {
  const given = event.body ?? '';
  const sent = Buffer.from(given, event.isBase64Encoded ? 'base64' : 'utf8');
  if (sent.length > bytesMax) throw tooLarge(bytesMax);
  const zipped = event.headers['content-encoding']?.toLowerCase() === 'gzip';
  if (zipped) return guardJson(unzip(sent, bytesMax));
  return event.isBase64Encoded ? guardJson(sent) : guardJson(sent, given);
};
