import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { httpWebhookSender } from '../../../functions/adapters/webhooks/http-webhook-sender.ts';
import { verifiedAt } from '../../fixtures/webhook-loop.ts';

/** What the reference library says about messages that came over HTTP. */
export interface OverHttp {
  sent: number;
  /** By the new secret, and by the one before it. */
  verified: number;
  /** Changed on the way, older than five minutes, or signed with another secret. */
  forgedAccepted: number;
}

const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const [fresh, before, foreign] = [secretOf(1), secretOf(2), secretOf(3)];

export const overHttp = async (count: number): Promise<OverHttp> => {
  const received: { body: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer(async (request, answer) => {
    received.push({ body: await text(request), headers: request.headers });
    answer.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sender = httpWebhookSender([host]);
  const now = Date.now();
  for (let n = 0; n < count; n += 1) {
    const body = JSON.stringify({ type: 'profile.created', data: { profileId: `profile-${n}`, name: 'Änn' } });
    const [id, at, secrets] = [`fact-${n}`, new Date(now), [fresh, before]];
    await sender.send({ url: `http://${host}/hook`, id, at, secrets, body });
  }
  server.close();
  server.closeAllConnections();
  const good = ({ body, headers }: (typeof received)[number], secret: string, at = now) =>
    verifiedAt(at, secret, body, headers as Record<string, string>);
  const verified = received.filter(one => good(one, fresh) && good(one, before)).length;
  const forged = received.flatMap(one => [
    good({ ...one, body: one.body.replace('profile-', 'profile_') }, fresh),
    good({ ...one, headers: { ...one.headers, 'webhook-id': 'another' } }, fresh),
    good(one, fresh, now + 6 * 60_000),
    good(one, foreign),
  ]);
  return { sent: count, verified, forgedAccepted: forged.filter(Boolean).length };
};
