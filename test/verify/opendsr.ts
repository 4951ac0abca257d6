import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { requestTypes } from '../../core/model/privacy-request.ts';
import { derivedSigner } from '../../functions/adapters/derived-signer.ts';
import { secretKeyring } from '../../functions/adapters/secret-keyring.ts';
import { signedCallbackSender } from '../../functions/adapters/webhooks/signed-callback-sender.ts';
import { log } from '../../functions/kit/log.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import { runRequest } from '../fixtures/run-request.ts';
import type { Verify } from './run.ts';

interface Called {
  path: string;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}

/** Takes callbacks; whoever calls `/once` is refused the first time, and `/moved` leads elsewhere. */
const openReceiver = async () => {
  const calls: Called[] = [];
  let refused = 0;
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const body = await text(request);
    if (path === '/moved') return response.writeHead(307, { location: '/elsewhere' }).end();
    if (path === '/once' && refused < 1) {
      refused += 1;
      return response.writeHead(503).end();
    }
    calls.push({ path, body, headers: request.headers });
    return response.writeHead(202).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { calls, port: (server.address() as AddressInfo).port, close: () => server.close() };
};

const holds = ({ body, headers }: Called, x: string): boolean => {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const [, signature = ''] = String(headers['webhook-signature']).split(',');
  const isOpenDsr = verifySignature(
    null,
    Buffer.from(body),
    key,
    Buffer.from(String(headers['x-opendsr-signature']), 'base64'),
  );
  return isOpenDsr && verifySignature(null, Buffer.from(signed), key, Buffer.from(signature, 'base64'));
};

interface Check {
  what: string;
  holds: boolean;
}

const intake = (platform: Platform, type: string, url: string, more: Record<string, unknown> = {}) =>
  platform.call('createRequest', {
    body: {
      regulation: 'gdpr',
      subject_request_id: `asked-${type}-${url.split('/').at(-1)}`,
      subject_request_type: type,
      submitted_time: '2026-02-15T12:00:00Z',
      subject_identities: [{ identity_type: 'email', identity_value: 'dsr@example.com', identity_format: 'raw' }],
      status_callback_urls: [url],
      api_version: '2.0',
      ...(type === 'rectification' ? { changes: { city: 'Berlin' } } : {}),
      ...more,
    } as never,
  });

/**
 * The intake, status, cancellation and callbacks of OpenDSR 2.0, for every type of request; callbacks are taken over HTTP
 * and their signatures checked with the public key that a receipt tells.
 */
export const verify: Verify = async () => {
  log.setLogLevel('SILENT');
  const receiver = await openReceiver();
  const allowed = [`127.0.0.1:${receiver.port}`];
  const signer = derivedSigner(
    secretKeyring(async () => 'the secret of the test platform'),
    'certificates',
  );
  const callbackSender = signedCallbackSender(signer, 'cdp-test', allowed);
  const platform = await openPlatform({ overrides: { callbackSender, addressRefusal: async () => undefined } });
  await platform.call('createProfile', { body: { email: 'dsr@example.com' } });
  const url = (path: string): string => `http://127.0.0.1:${receiver.port}/${path}`;
  const checks: Check[] = [];
  const check = (what: string, isTrue: boolean): void => void checks.push({ what, holds: isTrue });
  try {
    for (const type of requestTypes.filter(one => one !== 'erasure' && one !== 'anonymisation')) {
      const { status, data } = await intake(platform, type, url(type));
      check(`${type}: taken as 201`, status === 201);
      const members = [data.controller_id, data.received_time, data.expected_completion_time, data.subject_request_id];
      check(`${type}: answered in its words`, members.every(Boolean) && data.request_status === 'pending');
      check(`${type}: due after 30 days`, Date.parse(data.dueAt) - Date.parse(data.receivedAt) === 30 * 86_400_000);
      await runRequest(platform, data.id);
      const told = receiver.calls.filter(({ path }) => path === `/${type}`).map(({ body }) => JSON.parse(body));
      check(
        `${type}: in progress, then completed`,
        told.map(one => one.request_status).join() === 'in_progress,completed',
      );
      check(
        `${type}: names the request`,
        told.every(one => one.subject_request_id === data.subject_request_id && one.api_version === '2.0'),
      );
    }
    const again = await intake(platform, 'access', url('access'));
    check('the same request again is the same request', again.data.request_status === 'completed');
    const pending = await intake(platform, 'erasure', url('erasure'));
    check('an erasure waits', pending.data.request_status === 'pending');
    const cancelled = await platform.call('cancelRequest', { params: { id: pending.data.subject_request_id } });
    check('and is taken back', cancelled.status === 200 && cancelled.data.request_status === 'cancelled');
    const erased = await intake(platform, 'erasure', url('once'), {
      regulation: 'ccpa',
      subject_request_id: 'for good',
    });
    check(
      'due after 45 days under the CCPA',
      Date.parse(erased.data.dueAt) - Date.parse(erased.data.receivedAt) === 45 * 86_400_000,
    );
    platform.clock.advance(61_000);
    await runRequest(platform, erased.data.id);
    const shown = await platform.call('getRequest', { params: { id: 'for good' } });
    check(
      'it is completed, with a receipt',
      shown.data.request_status === 'completed' && shown.data.receipt !== undefined,
    );
    const late = await platform.call('cancelRequest', { params: { id: 'for good' } });
    check('and cannot be taken back any more', late.status === 409);
    const untaken = receiver.calls
      .filter(({ path }) => path === '/once')
      .map(({ body }) => JSON.parse(body).request_status);
    check('a receiver that refused is told again that it is over', untaken.includes('completed'));
    const moved = await intake(platform, 'access', url('moved'), { subject_request_id: 'moved' });
    await runRequest(platform, moved.data.id);
    check('a redirect is not followed', !receiver.calls.some(({ path }) => path === '/elsewhere'));
    const key = shown.data.receipt?.publicKey ?? '';
    check('every callback is signed', receiver.calls.length > 0 && receiver.calls.every(one => holds(one, key)));
    const [first] = receiver.calls;
    check(
      'control: a callback that was changed is not',
      first !== undefined && !holds({ ...first, body: `${first.body} ` }, key),
    );
    const unknown = await platform.call('getRequest', { params: { id: 'nobody asked' } });
    check('a request that nobody made is not found', unknown.status === 404);
    const odd = await intake(platform, 'access', url('odd'), {
      subject_request_type: 'deletion',
      subject_request_id: 'odd',
    });
    check('a type that is none is refused', odd.status === 422 || odd.status === 400);
  } finally {
    receiver.close();
  }
  for (const { what } of checks.filter(one => !one.holds)) console.log(`not so: ${what}`);
  const good = checks.filter(one => one.holds).length;
  return {
    line: `opendsr: ${good} of ${checks.length} hold, ${receiver.calls.length} callbacks taken`,
    holds: good === checks.length,
  };
};
