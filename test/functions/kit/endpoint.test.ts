import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { route } from '../../../core/contract/route.ts';
import { Problem } from '../../../core/errors.ts';
import { Answer } from '../../../functions/kit/answer.ts';
import { endpoint, type Run } from '../../../functions/kit/endpoint.ts';
import { log } from '../../../functions/kit/log.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { openPlatform } from '../../fixtures/open-platform.ts';

const greet = route({
  ...{ id: 'greet', capability: 'test', method: 'POST', path: '/greet/{name}', scope: 'public', status: 201 },
  summary: 'Greets',
  params: z.strictObject({ name: z.string().max(20) }),
  query: z.strictObject({ loud: z.stringbool().default(false) }),
  body: z.strictObject({ words: z.array(z.string()).default(['hello']) }),
  response: z.object({ text: z.string(), at: z.iso.datetime().optional() }),
});

beforeEach(async () => {
  await openPlatform();
});

const invoke = async (run: Run<typeof greet>, event: object = {}) => {
  const whole = {
    ...{ headers: {}, pathParameters: { name: 'Ada' }, body: '{}', isBase64Encoded: false },
    requestContext: { requestId: 'request-1' },
    ...event,
  };
  const { statusCode = 0, headers = {}, body = '' } = await endpoint(greet, run)(whole as never, lambdaContext);
  return { status: statusCode, headers, body: body === '' ? undefined : JSON.parse(body), text: body };
};

test('hands the handler everything parsed, with defaults', async () => {
  const seen: unknown[] = [];
  const answer = await invoke(
    async ({ params, query, body, caller, requestId }) => {
      seen.push(params, query, body, caller.id, requestId);
      return { text: 'hello' };
    },
    { queryStringParameters: { loud: 'yes' } },
  );
  expect(seen).toEqual([{ name: 'Ada' }, { loud: true }, { words: ['hello'] }, 'anyone', 'request-1']);
  expect([answer.status, answer.body]).toEqual([201, { success: true, data: { text: 'hello' } }]);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
});

test('an Answer says its own status, headers and meta', async () => {
  const answer = await invoke(
    async () => new Answer({ text: 'x' }, { status: 200, headers: { etag: '"1"' }, meta: { asOf: 'now' } }),
  );
  expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { meta: { asOf: 'now' } } });
});

describe('the answer is parsed, too', () => {
  test('what the contract does not know does not leave', async () => {
    const { body } = await invoke(async () => ({ text: 'x', secret: 'inside' }) as { text: string });
    expect(body).toEqual({ success: true, data: { text: 'x' } });
  });

  test.each([
    ['a wrong type', { text: 7 }],
    ['a missing field', {}],
    ['a wrong form', { text: 'x', at: 'yesterday' }],
    ['nothing', undefined],
  ])('%s is a fault of ours, and is not shown', async (_name, data) => {
    const { status, body } = await invoke(async () => data as never);
    expect(status).toBe(500);
    expect(body.error).toMatchObject({ code: 'INTERNAL', details: [], requestId: 'request-1' });
  });
});

describe('problems', () => {
  test('become their status, with their details and further members', async () => {
    const problem = new Problem('CONFLICT', 'taken', [{ path: 'body', reason: 'is taken' }], {
      existingProfileId: 'p',
    });
    const { status, body } = await invoke(() => Promise.reject(problem));
    expect(status).toBe(409);
    expect(body).toEqual({
      success: false,
      error: {
        ...{ code: 'CONFLICT', message: 'taken', requestId: 'request-1', existingProfileId: 'p' },
        details: [{ path: 'body', reason: 'is taken' }],
      },
    });
  });

  test('of the platform are 500 without their message, and logged without it', async () => {
    const errors = vi.spyOn(log, 'error').mockImplementation(() => undefined);
    const { status, text } = await invoke(() => Promise.reject(new Error('jane@example.com is unknown')));
    expect(status).toBe(500);
    expect(text).not.toContain('jane');
    expect(errors).toHaveBeenCalledOnce();
    expect(JSON.stringify(errors.mock.calls)).toContain('greet');
    expect(JSON.stringify(errors.mock.calls)).not.toContain('jane');
    errors.mockRestore();
  });

  test.each([
    ['a path parameter that is no text', { pathParameters: { name: 'a\u0000b' } }, 400, 'params.name'],
    ['a query parameter that is no text', { queryStringParameters: { loud: '\ud800' } }, 400, 'query.loud'],
    ['a path parameter that is too long', { pathParameters: { name: 'x'.repeat(21) } }, 422, 'params.name'],
    ['an unknown query parameter', { queryStringParameters: { shout: '1' } }, 400, 'query.shout'],
    ['a wrong type far inside', { body: '{"words":["a",7]}' }, 400, 'body.words.1'],
  ])('%s', async (_name, event, expected, path) => {
    const { status, body } = await invoke(async () => ({ text: 'x' }), event);
    expect([status, body.error.details[0].path]).toEqual([expected, path]);
  });
});
