import type * as z from 'zod';
import type { ProblemCode } from '../errors.ts';
import type { GrantedScope } from '../model/caller.ts';

/** Who may call: anyone (`public`), or whoever holds the scope; a write key holds `ingest` only. */
export type Scope = 'public' | GrantedScope;

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A request and the answer to it, printed in the documentation and repeated by the contract test. */
export interface RouteExample {
  summary: string;
  body?: unknown;
}

/** What one endpoint is: plain data, read by validation, OpenAPI, the typed client, the stacks and the tests. */
export interface Route {
  id: string;
  capability: string;
  method: Method;
  /** Below `/api/cdp`, parameters in braces: `/profiles/{id}`. */
  path: `/${string}`;
  scope: Scope;
  /** The status of success. */
  status: number;
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The shape of `data`. Absent: the answer has no body (204). */
  response?: z.ZodType;
  /** `true`: the response stands alone, without the envelope. */
  bare?: boolean;
  /** `true`: the answer may go on for minutes; the function has an address of its own behind the same path. */
  streams?: boolean;
  /** `true`: a question that takes too long is answered 202, with the job that goes on looking. */
  later?: boolean;
  problems?: readonly ProblemCode[];
  /** The most bytes a body may have, after decompression; 512 KiB when absent. */
  bodyBytesMax?: number;
  /** `derived`: what is made gets its ids from the `Idempotency-Key`, and no answer is stored to be replayed. */
  idempotency?: 'stored' | 'derived';
  /** Whether calls are on record, where it does not follow from the scope and the method. */
  audited?: boolean;
  examples?: readonly RouteExample[];
}

export const basePath = '/api/cdp';

/** Declares an endpoint; keeps the exact type so that handlers and clients are typed by it. */
export const route = <const R extends Route>(definition: R): R => definition;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Given<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a handler receives: parsed by the route's schemas. */
export interface RouteInput<R extends Route> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
}

/** What a handler returns as `data`. */
export type RouteData<R extends Route> = R['response'] extends z.ZodType ? z.input<R['response']> : undefined;

/** What a client sends. */
export type RouteRequest<R extends Route> = (R['params'] extends z.ZodType ? { params: Given<R['params']> } : unknown) &
  (R['query'] extends z.ZodType ? { query?: Given<R['query']> } : unknown) &
  (R['body'] extends z.ZodType ? { body: Given<R['body']> } : unknown);

/** What a client gets as `data`. */
export type RouteResult<R extends Route> = R['response'] extends z.ZodType ? z.output<R['response']> : undefined;
