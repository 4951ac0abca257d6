import { booleanOf, type ExpressionMap, listOf, numberOf } from '../assembly/template.ts';
import type { HttpAnswer, HttpRequest } from './http-request.ts';

/** The CORS configuration of an API, as the template declares it. */
export interface Cors {
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maximumAgeSeconds?: number;
  credentials: boolean;
}

const texts = (value: unknown): string[] => listOf(value).map(String);

/** Reads `CorsConfiguration` of an API or `Cors` of a function URL; undefined when there is none. */
export const corsOf = (declared: ExpressionMap | undefined): Cors | undefined =>
  declared && {
    origins: texts(declared.AllowOrigins),
    methods: texts(declared.AllowMethods),
    headers: texts(declared.AllowHeaders),
    exposed: texts(declared.ExposeHeaders),
    maximumAgeSeconds: numberOf(declared.MaxAge),
    credentials: booleanOf(declared.AllowCredentials),
  };

const allowedOrigin = ({ origins }: Cors, origin: string): string | undefined =>
  origins.includes('*') ? '*' : origins.includes(origin) ? origin : undefined;

const originHeaders = (cors: Cors, origin: string): Record<string, string> | undefined => {
  const allowed = allowedOrigin(cors, origin);
  return allowed === undefined
    ? undefined
    : {
        'access-control-allow-origin': allowed,
        ...(cors.credentials && { 'access-control-allow-credentials': 'true' }),
        ...(allowed !== '*' && { vary: 'Origin' }),
      };
};

/** The answer to a preflight request; undefined when the request is none. The API answers it without a handler. */
export const preflight = (cors: Cors, { method, headers }: HttpRequest): HttpAnswer | undefined => {
  if (method !== 'OPTIONS' || !headers['access-control-request-method'] || !headers.origin) return undefined;
  const allowed = originHeaders(cors, headers.origin);
  return {
    status: 204,
    cookies: [],
    body: Buffer.alloc(0),
    headers: allowed
      ? {
          ...allowed,
          'access-control-allow-methods': cors.methods.join(','),
          'access-control-allow-headers': cors.headers.join(','),
          ...(cors.maximumAgeSeconds !== undefined && { 'access-control-max-age': String(cors.maximumAgeSeconds) }),
        }
      : {},
  };
};

/** With CORS configured the API replaces the handler's own CORS headers. */
export const withCors = (cors: Cors, { headers: { origin } }: HttpRequest, answer: HttpAnswer): HttpAnswer => {
  if (!origin) return answer;
  const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  const exposed: Record<string, string> =
    cors.exposed.length > 0 ? { 'access-control-expose-headers': cors.exposed.join(',') } : {};
  const added = originHeaders(cors, origin);
  return { ...answer, headers: { ...Object.fromEntries(own), ...(added && { ...added, ...exposed }) } };
};
