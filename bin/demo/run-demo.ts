import type { Client } from '../../core/contract/client.ts';
import { showProgress } from '../import/show-progress.ts';
import { showWaiting } from '../import/show-waiting.ts';
import { awaitBatches } from './await-batches.ts';
import type { DemoOptions } from './demo-options.ts';
import { demoOutcome } from './demo-outcome.ts';
import { type DemoPlan, demoPlan } from './demo-plan.ts';
import { settingsText } from './demo-settings.ts';
import type { DemoEnd } from './demo-summary.ts';
import { ensureAudience } from './ensure-audience.ts';
import { ensureSegments } from './ensure-segments.ts';
import { presentDemo, settingsFor } from './present-demo.ts';
import type { Receiving } from './receive-here.ts';
import { sendEvents } from './send-events.ts';

interface Tools {
  client: Client;
  url: string;
  receiving: Receiving;
  stop: AbortSignal;
}

const waitSeconds = 600;

/** Sends who everybody is, waits until that is known, and sends what they did. */
const sendPlan = async (client: Client, { introductions, events }: DemoPlan, title: string, stop: AbortSignal) => {
  const total = introductions.length + events.length;
  let done = 0;
  const line = (): string => `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} events`;
  const display = showProgress({ total, done, message: title });
  const onSent = (count: number): void => {
    done += count;
    display.update(done, line());
  };
  const began = performance.now();
  try {
    await awaitBatches(client, await sendEvents(client, introductions, { stop, onSent }), { stop });
    await sendEvents(client, events, { stop, onSent });
  } finally {
    display.end(`${line()} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
};

/** A receiver learns the secret before anything is sent. */
const placeOf = (receiving: Receiving) => {
  if ('refused' in receiving) return receiving;
  const { url, receiver } = receiving;
  return { url, ...(receiver ? { trust: (secret: string) => receiver.trust(secret) } : {}) };
};

/**
 * Makes the demo, or completes the one that is there; what is there already stays as it is. Segments and audience come
 * first, so that they fill while the events have their effect.
 */
export const runDemo = async (options: DemoOptions, { client, url, receiving, stop }: Tools): Promise<DemoEnd> => {
  const present = await presentDemo(client);
  const settings = settingsFor(present, options, new Date());
  const plan = demoPlan(settings);
  const segments = await ensureSegments(client, settings, present.segments);
  const ensured = await ensureAudience(client, segments[0]?.id ?? '', placeOf(receiving));
  await sendPlan(client, plan, `Making the demo: ${settingsText(settings)}`, stop);
  await showWaiting(client, waitSeconds, stop);
  const isMade = 'audience' in ensured;
  return {
    settings,
    plan,
    url,
    outcome: await demoOutcome(client, segments, isMade ? ensured.audience : undefined),
    ...(isMade ? {} : { refused: ensured.refused }),
    ...('receiver' in receiving ? { receiver: receiving.receiver } : {}),
  };
};
