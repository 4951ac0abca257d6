import { parseArgs } from 'node:util';
import { log } from '../../functions/kit/log.ts';
import type { LoopOptions } from '../fixtures/run-loop.ts';
import type { Verify } from './run.ts';
import { overHttp } from './webhooks/over-http.ts';
import { type Played, play } from './webhooks/play.ts';

/** A receiver may be asked again no sooner than a day after the last try, and a little more. */
const hoursMax = 27;
const upMinutesMax = 20;
const faults = ['lost', 'unknown', 'unverified', 'overtaken', 'repeated', 'afterGone', 'replaysLost'] as const;

const playAll = async (seeds: number, from: number, options?: LoopOptions): Promise<Played[]> => {
  const played: Played[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const one = await play(seed, options);
    if (!options && !isGood(one)) console.log(`seed ${seed}: ${JSON.stringify(one)}`);
    played.push(one);
  }
  return played;
};

const isGood = (one: Played): boolean =>
  faults.every(name => one[name] === 0) && one.slowestHours <= hoursMax && one.slowestUpMinutes <= upMinutesMax;

const sum = (played: readonly Played[], name: keyof Played): number => played.reduce((all, one) => all + one[name], 0);
const most = (played: readonly Played[], name: keyof Played): number => Math.max(...played.map(one => one[name]));

/** What was not taken is never tried again. */
const withoutRetries: LoopOptions = {
  twice: false,
  overrides: ({ deliveries }) => ({ deliveries: { ...deliveries, takeDue: async () => [] } }),
};

/** Nothing waits behind anything. */
const withoutOrder: LoopOptions = {
  overrides: ({ deliveries }) => ({ deliveries: { ...deliveries, waitingAhead: async () => undefined } }),
};

/** A fact gets another id whenever its change is followed. */
const withoutStableIds = (): LoopOptions => {
  let drawn = 0;
  return {
    overrides: ({ queues }) => {
      const anew = (message: Parameters<typeof queues.deliverWebhook.send>[0][number]) => {
        if (message.fact.id.includes('~')) return message;
        drawn += 1;
        return { ...message, fact: { ...message.fact, id: `${message.fact.id}~${drawn}` } };
      };
      const send: typeof queues.deliverWebhook.send = (messages, delaySeconds) =>
        queues.deliverWebhook.send(messages.map(anew), delaySeconds);
      return { queues: { ...queues, deliverWebhook: { send } } };
    },
  };
};

/**
 * A receiver that is down, slow, in trouble, busy or forgetful for hours, while workers crash and everything may come
 * twice: every fact arrives under its one id, signed, in bounded time, and not before an earlier one of its subject that
 * was refused. Without retries, without the order or without stable ids the faults are seen.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { schedules: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
  });
  log.setLogLevel('SILENT');
  const from = Number(values.seed);
  const played = await playAll(Number(values.schedules), from);
  const http = await overHttp(50);
  const lost = sum(await playAll(3, from, withoutRetries), 'lost');
  const mixed = sum(await playAll(8, from, withoutOrder), 'overtaken');
  const unstable = sum(await playAll(2, from, withoutStableIds()), 'unknown');
  const counted = faults.map(name => `${name} ${sum(played, name)}`).join(', ');
  const line = [
    `webhooks: ${sum(played, 'facts')} facts in ${played.length} schedules: ${counted}`,
    `${sum(played, 'replays')} replays`,
    `slowest ${most(played, 'slowestHours').toFixed(1)} h after recovery, ${most(played, 'slowestUpMinutes').toFixed(1)} min when up`,
    `reference library verified ${http.verified}/${http.sent}, forged accepted ${http.forgedAccepted}`,
    `controls: without retries ${lost} lost, without order ${mixed} overtaken, without stable ids ${unstable} unknown`,
  ].join('; ');
  const signed = http.verified === http.sent && http.forgedAccepted === 0;
  return { line, holds: played.every(isGood) && signed && lost > 0 && mixed > 0 && unstable > 0 };
};
