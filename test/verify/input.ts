import { parseArgs } from 'node:util';
import { type Client, openClient } from '../../core/contract/client.ts';
import { startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';
import { type Assault, sendRefusable, sendTexts } from './input/assail.ts';
import { hostileStrings } from './input/hostile-strings.ts';
import { malformedBodies } from './input/malformed-bodies.ts';
import { residentMegabytes } from './input/process-memory.ts';
import { Sender } from './input/sender.ts';
import { type ServedDocument, servedRoutes } from './input/served-routes.ts';
import { trackTexts } from './input/track-texts.ts';
import type { Verify } from './run.ts';

const growthMegabytesMax = 64;
const quietSecondsMax = 120;
/** With a small nursery each thread collects what is garbage at once, so that growth is what is kept. */
const environment = { NODE_OPTIONS: '--max-semi-space-size=2' };

interface Target {
  url: string;
  key: string;
  /** Known for a platform that was started for this. */
  processId: number | undefined;
  stop: () => Promise<void>;
}

const openTarget = async (flags: string[]): Promise<Target> => {
  const { values } = parseArgs({ args: flags, options: { url: { type: 'string' }, key: { type: 'string' } } });
  if (values.url) return { url: values.url, key: values.key ?? '', processId: undefined, stop: async () => undefined };
  const platform = await startPlatform({ environment });
  return { url: platform.url, key: platform.adminKey, processId: platform.processId, stop: () => platform.stop() };
};

const servedDocument = async ({ url, key }: Target): Promise<ServedDocument> => {
  const answer = await fetch(`${url}/api/cdp/openapi.json`, { headers: { 'x-api-key': key } });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status} for its OpenAPI document; give --key`);
  return (await answer.json()) as ServedDocument;
};

/** Messages that no worker could deal with: a text that was accepted and broke something afterwards. */
const deadLetters = async (client: Client): Promise<number> => {
  const { stages } = await client.getPipeline();
  return stages.reduce((sum, { dlq = 0 }) => sum + dlq, 0);
};

const isQuiet = async (client: Client): Promise<boolean> => {
  const { stages } = await client.getPipeline();
  return stages.every(({ depth = 0, lagMs = 0 }) => depth === 0 && lagMs === 0);
};

/**
 * What is refused must leave no memory behind, so it is sent twice before anything else: the first time warms the
 * platform up, the second time must not make it larger. What is kept afterwards fills memory as it should.
 */
const run = async (target: Target, sender: Sender) => {
  const routes = servedRoutes(await servedDocument(target));
  const client = openClient({ baseUrl: target.url, key: target.key });
  const assault: Assault = { sender, routes, bodies: malformedBodies, texts: hostileStrings };
  const warmUp = await sendRefusable(assault);
  const memory = () => (target.processId === undefined ? 0 : residentMegabytes(target.processId));
  const before = memory();
  const accepted = await sendRefusable(assault);
  const growth = memory() - before;
  const different = [...(await sendTexts(assault)), ...(await trackTexts(client, hostileStrings))];
  await until('a quiet pipeline', () => isQuiet(client), quietSecondsMax);
  const faults = [...sender.failures, ...warmUp, ...accepted, ...different];
  return { routes: routes.length, growth, faults, dead: await deadLetters(client) };
};

/**
 * Sends malformed bodies and hostile texts to every place of every route that the platform serves: nothing may be
 * answered with 5xx, what is accepted must read back as it was sent, and memory must not grow.
 */
export const verify: Verify = async flags => {
  const target = await openTarget(flags);
  const sender = new Sender(target.url, target.key);
  try {
    const { routes, growth, faults, dead } = await run(target, sender);
    for (const fault of faults.slice(0, 40)) console.error(fault);
    const corpus = `${malformedBodies.length} malformed bodies, ${hostileStrings.length} hostile texts`;
    const figure = `${sender.failures.length} × 5xx, ${faults.length - sender.failures.length} other faults, ${dead} dead letters`;
    const line = `input: ${sender.sent} requests over ${routes} routes, ${figure}, ${corpus}, memory grew by ${Math.round(growth)} MB`;
    return { line, holds: faults.length === 0 && dead === 0 && growth < growthMegabytesMax };
  } finally {
    sender.close();
    await target.stop();
  }
};
