import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, openClient } from '../../core/contract/client.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';
import { fillBody } from './input/fill-bodies.ts';
import { fillParameters, nobody, pathWith } from './input/fill-parameters.ts';
import { Sender } from './input/sender.ts';
import { type ServedDocument, type ServedRoute, servedRoutes } from './input/served-routes.ts';
import type { Verify } from './run.ts';

const quietSecondsMax = 180;
const word = 'canary7f3a';
const digits = '4155550199';
/** In the forms that fields ask for, so that each is taken somewhere and travels as far as it goes. */
const texts = [word, `${word}@example.com`, `https://${word}.example/x`, `+1${digits}`];
/** What is told for as long as somebody listens is asked for once. */
const askedOnce = '?after=now';
const headers = ['idempotency-key', 'if-match', 'user-agent', 'referer', 'x-request-id', 'cookie', 'x-forwarded-for'];
/** Credentials of an outside system, and addresses of services that are not used. */
const environment = {
  DEBUG: 'cdp:*',
  KLAVIYO_API_KEY: `pk_${word}`,
  DATABASE_URL: `postgresql://user:${word}@localhost/aura`,
  REDIS_URL: `redis://:${word}@localhost`,
};

const servedDocument = async (client: Client): Promise<ServedDocument> =>
  (await client.getOpenApi()) as unknown as ServedDocument;

/** Every text in every place of every route, and in headers. */
const assail = async (sender: Sender, routes: readonly ServedRoute[]): Promise<void> => {
  const pairs = routes.flatMap(route => texts.map(text => ({ route, text })));
  await sender.each(pairs, async ({ route, text }) => {
    await fillParameters(sender, route, text);
    if (route.example === undefined) return;
    for await (const _filled of fillBody(sender, { route, path: pathWith(route, nobody) }, text));
  });
  const broken = routes.flatMap(route => headers.map(name => ({ route, name })));
  await sender.each(broken, async ({ route: { method, path, example }, name }) => {
    const body = example === undefined ? undefined : Buffer.from(`{"email":"${word}@example.com",`);
    const address = path.replaceAll(/\{\w+\}/g, word) + (path.endsWith('/stream') ? askedOnce : '');
    await sender.send({ method, path: address, body, headers: { [name]: word } }, name);
  });
};

/** Whatever stands in an event: in what is folded, and in what cannot be and is kept aside. */
const track = async (client: Client): Promise<number> => {
  const places = (n: number) => ({
    ...{ type: 'purchase', messageId: `${word}-${n}`, sessionId: word, deviceId: `${word}-device`, source: word },
    properties: { [word]: word, orderId: `${word}-order-${n}`, amount: n % 2 ? 5 : word, items: [{ name: word }] },
    context: { page: { url: `https://${word}.example` }, [word]: { [word]: word } },
  });
  const known = {
    identifiers: [
      { type: 'email', value: `${word}@example.com` },
      { type: 'customerId', value: word },
    ],
  };
  const nobodys = { profileId: `profile-${word}` };
  const events = Array.from({ length: 40 }, (_, n) => ({ ...places(n), ...(n % 4 === 3 ? nobodys : known) }));
  const { accepted } = await client.trackEvents({ body: { events } } as never);
  return accepted;
};

/** A segment and an audience that name the canary, and a receiver that nobody reaches. */
const activate = async (client: Client): Promise<void> => {
  const rules = {
    operator: 'AND' as const,
    conditions: [{ field: 'computed.purchaseCount', operator: '>' as const, value: 0 }],
  };
  const segment = await client.createSegment({ body: { name: word, type: 'rule-based', rules } });
  const config = { webhook: { url: `https://${word}.invalid/hook` } };
  const audience = await client.createAudience({
    body: { name: word, segmentIds: [segment.id], platforms: ['webhook'], config },
  } as never);
  await client.activateAudience({ params: { id: audience.id }, body: { platform: 'webhook', operation: 'add' } });
};

/** Every message that any queue has taken since the start, dead letters included. */
const queued = ({ stateDirectory }: RunningPlatform): string =>
  readFileSync(join(stateDirectory, 'queues/messages.jsonl'), 'utf8');

const isMetric = (line: string): boolean => line.includes('"CloudWatchMetrics"');

const linesWith = (output: string, ...found: readonly string[]): string[] =>
  output.split('\n').filter(line => found.some(one => line.toLowerCase().includes(one.toLowerCase())));

const isQuiet = async (client: Client): Promise<boolean> =>
  (await client.getPipeline()).stages
    .filter(({ name }) => !name.startsWith('sync'))
    .every(({ depth = 0, lagMs = 0 }) => depth === 0 && lagMs === 0);

const run = async (platform: RunningPlatform, sender: Sender) => {
  const client = openClient({ baseUrl: platform.url, key: platform.adminKey });
  const { key: madeKey } = await client.createApiKey({ body: { name: word, role: 'admin' } });
  await assail(sender, servedRoutes(await servedDocument(client)));
  const accepted = await track(client);
  await activate(client);
  await until('a quiet pipeline', () => isQuiet(client), quietSecondsMax);
  const { requestId } = await client.getProfile({ params: { id: nobody } }).then(
    () => ({ requestId: undefined }),
    (refusal: { requestId?: string }) => refusal,
  );
  if (requestId === undefined) throw new Error('a refusal does not say which request it was');
  const [output, messages] = [platform.output(), queued(platform)];
  const sought = [word, digits, madeKey.split('_')[3] ?? madeKey];
  return {
    accepted,
    lines: output.split('\n').length,
    metrics: output.split('\n').filter(isMetric).length,
    messages: linesWith(messages, '"accepted"').length,
    canaries: [...linesWith(output, ...sought), ...linesWith(messages, ...sought)],
    isHeard: linesWith(output, requestId).length > 0,
    control: [`{"level":"INFO","email":"${word}@example.com"}`, `{"kind":"accepted","message":"${madeKey}"}`].filter(
      planted => linesWith(`${output}\n${messages}\n${planted}`, ...sought).includes(planted),
    ).length,
    found: (await client.listProfiles()).total ?? 0,
  };
};

/**
 * A canary in every field of every route, in headers, events, keys, names and credentials, with everything logged: none
 * of it may stand in what the platform prints, metrics included, nor in a message of a queue.
 */
export const verify: Verify = async () => {
  const platform = await startPlatform({ environment });
  const sender = new Sender(platform.url, platform.adminKey);
  try {
    const { accepted, lines, metrics, messages, canaries, isHeard, control, found } = await run(platform, sender);
    for (const line of canaries.slice(0, 20)) console.error(line.slice(0, 400));
    const line = [
      `logs: ${canaries.length} canaries in ${lines} lines, ${metrics} of them metrics, and ${messages} messages of queues`,
      `after ${sender.sent} requests and ${accepted} events, ${found} profiles kept it; ${control} of 2 planted ones found`,
    ].join(' ');
    const isTested = isHeard && [accepted, found, metrics, messages].every(one => one > 0) && control === 2;
    return { line, holds: canaries.length === 0 && isTested };
  } finally {
    sender.close();
    await platform.stop();
  }
};
