import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../../core/errors.ts';
import type { CallBody } from '../../core/flows/take-calls.ts';
import { readBody } from './read-body.ts';

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Whatever the headers say, what begins like gzip is gzip. */
const told = (event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 => {
  const start = Buffer.from((event.body ?? '').slice(0, 4), event.isBase64Encoded ? 'base64' : 'utf8');
  return { ...event, headers: { ...event.headers, 'content-encoding': isGzip(start) ? 'gzip' : undefined } };
};

/**
 * The body of a request, whatever its content type says.
 *
 * @throws Problem `PAYLOAD_TOO_LARGE`
 */
export const readAnyBody = (event: APIGatewayProxyEventV2, bytesMax: number): CallBody => {
  try {
    return { json: readBody(told(event), bytesMax) };
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.code === 'PAYLOAD_TOO_LARGE') throw fault;
    const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    return { text: new TextDecoder().decode(bytes), reason: fault.details[0]?.reason ?? fault.message };
  }
};
