import { expect, test } from 'vitest';
import { ApiError } from '../../../core/contract/api-error.ts';
import { type Beside, openClient } from '../../../core/contract/client.ts';
import { routes } from '../../../core/contract/index.ts';
import { jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';

const clientOf = async (...answers: Parameters<typeof openTestServer>[0][]) => {
  const [answer = jsonAnswer(200, {})] = answers;
  const server = await openTestServer(answer);
  return { server, cdp: openClient({ baseUrl: `${server.url}/`, key: 'key-1' }) };
};

test('every route is a method', async () => {
  const { cdp } = await clientOf();
  expect(Object.keys(cdp).sort()).toEqual(routes.map(route => route.id).sort());
});

test('a call sends method, path, query, key and body as the contract says', async () => {
  const { cdp, server } = await clientOf(jsonAnswer(200, { success: true, data: { id: 'profile-1' } }));
  const body = { email: 'jane@example.com' };
  expect(await cdp.createProfile({ query: { onConflict: 'upsert' }, body })).toEqual({ id: 'profile-1' });
  expect(server.requests).toMatchObject([
    {
      method: 'POST',
      url: '/api/cdp/profiles?onConflict=upsert',
      headers: { authorization: 'Bearer key-1', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  ]);
});

test('an id in a path is escaped', async () => {
  const { cdp, server } = await clientOf(jsonAnswer(200, { success: true, data: {} }));
  await cdp.getProfile({ params: { id: 'a/b?c' } });
  expect(server.requests[0]?.url).toBe('/api/cdp/profiles/a%2Fb%3Fc');
});

test('a bare route answers as it is', async () => {
  const { cdp } = await clientOf(jsonAnswer(200, { status: 'ok', timestamp: '2026-01-01T00:00:00.000Z' }));
  expect((await cdp.health()).status).toBe('ok');
});

test('204 is undefined', async () => {
  const { cdp } = await clientOf({ status: 204, headers: {}, body: '' });
  expect(await cdp.revokeApiKey({ params: { id: 'key-1' } })).toBeUndefined();
});

test('an error of the envelope is thrown with everything it says', async () => {
  const details = [{ path: 'body.email', reason: 'must be an e-mail address' }];
  const error = { code: 'CONFLICT', message: 'taken', details, requestId: 'request-1', existingProfileId: 'profile-9' };
  const { cdp } = await clientOf({ ...jsonAnswer(409, { success: false, error }), headers: { 'retry-after': '7' } });
  const thrown = await cdp.createProfile({ body: {} }).catch((reason: unknown) => reason);
  expect(thrown).toBeInstanceOf(ApiError);
  expect(thrown).toMatchObject({ status: 409, code: 'CONFLICT', message: 'taken', details, requestId: 'request-1' });
  expect(thrown).toMatchObject({ extra: { existingProfileId: 'profile-9' }, retryAfterSeconds: 7 });
});

test('an answer that takes longer is thrown as the job that looks for it', async () => {
  const { cdp } = await clientOf(jsonAnswer(202, { success: true, data: { jobId: 'job-1' } }));
  await expect(cdp.listEvents()).rejects.toMatchObject({ name: 'AnswerLater', jobId: 'job-1' });
  expect(await cdp.createExport({ body: { kind: 'profiles', format: 'csv' } })).toEqual({ jobId: 'job-1' });
});

test('what comes beside a result is heard: its headers, and what the envelope tells of it', async () => {
  const page = { items: [], limit: 50 };
  const body = { success: true, data: page, meta: { asOf: '2026-03-01T12:00:00.000Z' } };
  const { cdp } = await clientOf({ ...jsonAnswer(200, body), headers: { etag: '"7"' } });
  const heard: Beside[] = [];
  expect(await cdp.listAudiences({}, { heard: beside => heard.push(beside) })).toEqual(page);
  expect(heard.map(({ headers, meta }) => [headers.get('etag'), meta.asOf])).toEqual([['"7"', body.meta.asOf]]);
});

test('an error page of a proxy is an ApiError too', async () => {
  const { cdp } = await clientOf({ status: 502, headers: {}, body: '<h1>Bad Gateway</h1>' });
  await expect(cdp.getStats()).rejects.toMatchObject({ status: 502, code: 'HTTP_502', details: [] });
});
