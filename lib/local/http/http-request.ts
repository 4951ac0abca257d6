import type { IncomingMessage } from 'node:http';

/** A request with its whole body. */
export interface HttpRequest {
  method: string;
  /** Encoded path, without the query. */
  path: string;
  /** Query without `?`, as it was sent. */
  query: string;
  /** Lower-case names; several values of one header are joined by a comma. `cookie` is kept here too. */
  headers: Record<string, string>;
  sourceIp: string;
  body: Buffer;
}

/** An answer, ready to be written. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

/** An answer with a JSON body. */
export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  cookies: [],
  body: Buffer.from(JSON.stringify(body)),
});

/** The body is longer than allowed. */
export class BodyTooLarge extends Error {}

const bodyOf = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= limit) parts.push(part);
    });
    request.on('end', () => (size > limit ? reject(new BodyTooLarge()) : resolve(Buffer.concat(parts))));
    request.on('error', reject);
  });

const joinedHeaders = ({ rawHeaders }: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const known = headers[name];
    headers[name] = known === undefined ? value : `${known}${name === 'cookie' ? '; ' : ','}${value}`;
  }
  return headers;
};

/** Reads a whole request; throws `BodyTooLarge` when its body passes the limit (in bytes). */
export const readRequest = async (request: IncomingMessage, limit: number): Promise<HttpRequest> => {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers = joinedHeaders(request);
  const body = await bodyOf(request, limit);
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    headers,
    sourceIp: (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    body,
  };
};
