import type { ServerResponse } from 'node:http';
import type { HttpAnswer } from './http-request.ts';

/** Writes a whole answer; a HEAD request gets its headers only. */
export const writeAnswer = (response: ServerResponse, { method }: { method: string }, answer: HttpAnswer): void => {
  const { 'content-length': _ignored, 'transfer-encoding': _framing, ...headers } = answer.headers;
  const bodiless = answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, {
    ...headers,
    ...(!bodiless && { 'content-length': answer.body.length }),
    ...(answer.cookies.length > 0 && { 'set-cookie': answer.cookies }),
  });
  response.end(method === 'HEAD' || bodiless ? undefined : answer.body);
};
