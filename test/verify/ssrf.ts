import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpWebhookSender } from '../../functions/adapters/webhooks/http-webhook-sender.ts';
import { resolvedEgress } from '../../functions/adapters/webhooks/resolved-egress.ts';
import { log } from '../../functions/kit/log.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import type { Verify } from './run.ts';
import { allowedAddresses, forbiddenAddresses } from './ssrf/addresses.ts';
import { naivePost, rebinding } from './ssrf/naive-post.ts';

const forbidden = Object.values(forbiddenAddresses).flat();
const events = ['profile.created' as const];
const secrets = [`whsec_${Buffer.alloc(32, 1).toString('base64')}`];
const message = (url: string) => ({ url, id: 'fact-1', at: new Date(), secrets, body: '{}' });

/** A server of this machine that nobody must reach, and how often somebody did. */
const openListener = async (headers: Record<string, string> = {}, status = 200) => {
  const listener = { port: 0, reached: 0, close: () => server.close() };
  const server = createServer((_request, answer) => {
    listener.reached += 1;
    answer.writeHead(status, headers).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  listener.port = (server.address() as AddressInfo).port;
  return listener;
};

/** Whether a subscription is refused, with a reason that names the address. */
const refusesSubscription = async ({ call }: Platform, url: string): Promise<boolean> => {
  const { status, body } = await call('createWebhook', { body: { url, events } });
  const { details = [] } = (body as { error?: { details?: { path: string; reason: string }[] } }).error ?? {};
  return status === 422 && details.some(({ path, reason }) => path === 'body.url' && reason !== '');
};

/** Whether nothing is sent, with a reason that is ours and not the network’s. */
const refusesSending = async (url: string, lookup = rebinding(['127.0.0.1'])): Promise<boolean> => {
  const { status, error = '' } = await httpWebhookSender([], { lookup, milliseconds: 2000 }).send(message(url));
  return status === undefined && /^the address must|is not allowed/.test(error);
};

const count = async (urls: readonly string[], holds: (url: string) => Promise<boolean>): Promise<string[]> => {
  const failing: string[] = [];
  for (const url of urls) if (!(await holds(url))) failing.push(url);
  return failing;
};

const hostile = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:7f00:1', 'fd00::1'];

/** Names that lead to where nobody must be sent: at once, or only after they were looked at. */
const names = async (): Promise<{ direct: number; rebound: number; subscribed: number }> => {
  let [direct, rebound, subscribed] = [0, 0, 0];
  for (const address of hostile) {
    const platform = await openPlatform({ overrides: { addressRefusal: resolvedEgress([], async () => [address]) } });
    if (await refusesSubscription(platform, 'https://hostile.example/')) subscribed += 1;
    if (await refusesSending('https://hostile.example/', rebinding([address]))) direct += 1;
    const resolver = rebinding(['93.184.215.14', address]);
    const first = await resolvedEgress([], async () => ['93.184.215.14'])('https://hostile.example/');
    resolver.asked = 1;
    if (first === undefined && (await refusesSending('https://hostile.example/', resolver))) rebound += 1;
  }
  return { direct, rebound, subscribed };
};

/** A redirect to the inside is an answer like any other that is no success: nobody goes there. */
const redirects = async (): Promise<{ followed: number; status: number | undefined }> => {
  const inside = await openListener();
  const outside = await openListener({ location: `http://127.0.0.1:${inside.port}/` }, 302);
  const sender = httpWebhookSender([`127.0.0.1:${outside.port}`]);
  const { status } = await sender.send(message(`http://127.0.0.1:${outside.port}/hook`));
  inside.close();
  outside.close();
  return { followed: inside.reached, status };
};

/** The control: who looks first and connects then is led to the inside. */
const naiveIsLed = async (): Promise<boolean> => {
  const inside = await openListener();
  await naivePost('hostile.example', inside.port, rebinding(['127.0.0.1']));
  inside.close();
  return inside.reached === 1;
};

/**
 * Without anything being opened: no address of the table is subscribed or sent to, no name that leads to one, no name
 * that leads to one only after it was looked at, and no redirect. A sender without the guard is led to the inside.
 */
export const verify: Verify = async () => {
  log.setLogLevel('SILENT');
  const platform = await openPlatform();
  const subscribed = await count(forbidden, url => refusesSubscription(platform, url));
  const sent = await count(forbidden, url => refusesSending(url));
  const refused = await count(allowedAddresses, async url => !(await refusesSubscription(platform, url)));
  const { direct, rebound, subscribed: named } = await names();
  const { followed, status } = await redirects();
  const led = await naiveIsLed();
  for (const url of subscribed) console.log(`subscribed: ${url}`);
  for (const url of sent) console.log(`sent: ${url}`);
  for (const url of refused) console.log(`refused: ${url}`);
  const all = forbidden.length;
  const line = [
    `ssrf: ${all - subscribed.length}/${all} refused at subscription, ${all - sent.length}/${all} when sending`,
    `names ${named}/${hostile.length} and ${direct}/${hostile.length}, rebinding ${rebound}/${hostile.length}`,
    `redirects followed ${followed}`,
    `public addresses refused ${refused.length}`,
    `control: a sender without the guard ${led ? 'is led inside' : 'is not led inside'}`,
  ].join(', ');
  const whole = [direct, rebound, named].every(found => found === hostile.length) && followed === 0 && status === 302;
  return { line, holds: subscribed.length + sent.length + refused.length === 0 && whole && led };
};
