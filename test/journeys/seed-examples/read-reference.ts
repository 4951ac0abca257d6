import { routes } from '../../../core/contract/index.ts';
import type { Method, Route } from '../../../core/contract/route.ts';

/** An operation of the reference as it is printed. */
export interface PrintedOperation {
  /** Method and address, e.g. `GET /segments/:id/members?limit=100&offset=0`. */
  printed: string;
  method: Method;
  /** Parameters as `:id`. */
  path: string;
  query: string;
  /** JSON text to be sent. */
  request?: string;
  /** JSON text of the answer. */
  answer?: string;
}

const blockPattern = /(\*\*[A-Za-z ]+:\*\*\n)?```(\w*)\n(.*?)```/gs;

const operationOf = (printed: string): PrintedOperation => {
  const [method = '', address = ''] = printed.split(' ', 2);
  const [path = '', query = ''] = address.split('?', 2);
  return { printed, method: method as Method, path, query };
};

/** The operations of a Markdown reference, each with the JSON blocks that follow it. */
export const readReference = (markdown: string): PrintedOperation[] => {
  const operations: PrintedOperation[] = [];
  for (const [, title = '', language, body = ''] of markdown.matchAll(blockPattern)) {
    const last = operations.at(-1);
    if (language === '') operations.push(operationOf(body.trim()));
    else if (last && title.startsWith('**Request')) last.request = body;
    else if (last && title.startsWith('**Response')) last.answer = body;
    else throw new Error(`a block of the reference is neither a request nor a response: ${title}${body}`);
  }
  return operations;
};

const withoutNames = (path: string): string => path.replaceAll(/:\w+|\{\w+\}/g, '*');

/** The route that serves a printed operation, once there is one. */
export const routeOf = ({ method, path }: PrintedOperation): Route | undefined =>
  routes.find(route => route.method === method && withoutNames(route.path) === withoutNames(path));
