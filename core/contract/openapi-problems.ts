import * as z from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { type ProblemCode, problems } from '../errors.ts';
import type { Route } from './route.ts';

const codes = Object.keys(problems) as ProblemCode[];

/** The envelope of every answer that says no. */
const ErrorAnswer = z
  .object({
    success: z.literal(false),
    error: z.looseObject({
      code: z.enum(codes),
      message: z.string(),
      details: z.array(z.object({ path: z.string(), reason: z.string() })),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Error', description: 'What went wrong. Some codes add members, e.g. `existingProfileId`.' });

const means: Record<ProblemCode, string> = {
  INVALID_REQUEST: 'The request has the wrong shape: not JSON, a wrong type, an unknown or a missing field.',
  UNAUTHORIZED: 'No key was sent, or one that is not known.',
  FORBIDDEN: 'The key may not do this.',
  NOT_FOUND: 'What the request names does not exist.',
  METHOD_NOT_ALLOWED: 'The path exists, but not with this method.',
  CONFLICT: 'The request does not go together with what is there.',
  PRECONDITION_FAILED: 'It has changed since `If-Match`.',
  PAYLOAD_TOO_LARGE: 'The body has too many bytes.',
  VALIDATION_FAILED: 'The request is well formed but breaks a rule.',
  RATE_LIMITED: 'Too many requests; wait for `Retry-After`.',
  INTERNAL: 'A fault of the platform; the request id names it in the logs.',
  UNAVAILABLE: 'Something is not available at the moment; try again.',
};

/** Codes that a route may answer although it does not declare them. */
const impliedCodes = ({ scope, params, query, body }: Route): ProblemCode[] => [
  ...(params || query || body ? (['INVALID_REQUEST', 'VALIDATION_FAILED'] as const) : []),
  ...(scope === 'public' ? [] : (['UNAUTHORIZED', 'FORBIDDEN'] as const)),
  ...(body ? (['PAYLOAD_TOO_LARGE'] as const) : []),
  'RATE_LIMITED',
  'INTERNAL',
  'UNAVAILABLE',
];

const retryAfter = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' as const } } };

const problemAnswer = (code: ProblemCode): ZodOpenApiResponseObject => ({
  description: `\`${code}\`: ${means[code]}`,
  ...(code === 'RATE_LIMITED' || code === 'UNAVAILABLE' ? { headers: retryAfter } : {}),
  content: { 'application/json': { schema: ErrorAnswer } },
});

/** The problem answers of a route by status, in ascending order: what it declares and what every such route may say. */
export const problemAnswers = (route: Route): ZodOpenApiResponsesObject => {
  const possible = new Set([...impliedCodes(route), ...(route.problems ?? [])]);
  return Object.fromEntries(
    codes.filter(code => possible.has(code)).map(code => [`${problems[code]}`, problemAnswer(code)]),
  );
};
