import { type Envelope, envelopes } from '../../functions/adapters/stores/envelope.ts';
import { log } from '../../functions/kit/log.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import { seededRandom } from '../fixtures/seeded-random.ts';
import { deliverLane, lanesOf, streamRecords } from '../fixtures/stream-delivery.ts';
import { malformedBodies } from './input/malformed-bodies.ts';
import type { Verify } from './run.ts';

const goodCount = 1_000;
const peopleCount = 50;
const recordBytesMax = 1024 * 1024;

const good = Array.from({ length: goodCount }, (_, n) => ({
  messageId: `good-${n}`,
  type: 'page_view',
  identifiers: [{ type: 'customerId', value: `customer-${n % peopleCount}` }],
}));

/** Accepted, because each is an event; but no profile can have it. */
const bad = Array.from({ length: 10 }, (_, n) => ({
  messageId: `bad-${n}`,
  type: 'page_view',
  identifiers: [{ type: 'customerId', value: `customer-${n}` }],
  ...(n % 2 === 0 ? { profileId: 'profile-nobody' } : { timestamp: '1965-01-01T00:00:00.000Z' }),
}));

/** How many of the bodies were accepted, or broke something. */
const sendMalformed = async (platform: Platform): Promise<{ accepted: number; broke: number }> => {
  let [accepted, broke] = [0, 0];
  for (const target of ['POST /events', 'POST /events/batch'] as const) {
    for (const { bytes, headers = {} } of malformedBodies) {
      const { status } = await platform.call(`POST /api/cdp${target.slice('POST '.length)}`, { body: bytes, headers });
      if (status < 400) accepted += 1;
      if (status >= 500) broke += 1;
    }
  }
  return { accepted, broke };
};

/** The stream as it would be after somebody had put anything on it: each malformed body is a record among the good. */
const poisonedStream = (platform: Platform): { taken: Envelope[]; malformed: number } => {
  const random = seededRandom(1);
  const { events, batchOf } = platform.outbox;
  const whole = Array.from({ length: Math.ceil(events.length / 10) }, (_, n) => events.slice(n * 10, n * 10 + 10));
  const own = whole.flatMap(some => envelopes(some, batchOf.get(some[0]?.id ?? '')));
  const poison = malformedBodies
    .filter(({ bytes }) => bytes.length <= recordBytesMax)
    .map(({ bytes }) => ({ partitionKey: `bucket-${random.below(16)}`, data: bytes }));
  const taken = [...own];
  for (const record of poison) taken.splice(random.below(taken.length + 1), 0, record);
  return { taken, malformed: poison.length };
};

const quarantined = async ({ services }: Platform): Promise<Map<string, string>> => {
  const all = { limit: 1_000, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const { items } = await services.quarantine.list(all);
  return new Map(items.map(({ event, reason }) => [event.messageId, reason]));
};

const storedMessages = async (platform: Platform): Promise<string[]> => {
  const { ids } = await platform.services.profiles.list(1_000);
  const states = await platform.services.profiles.getMany(ids);
  const events = await Promise.all([...states.values()].map(state => platform.services.profiles.events(state)));
  return events.flat().map(({ messageId }) => messageId);
};

/** Good events among bad ones, malformed requests and malformed records: the good ones arrive, nothing waits for the bad. */
export const verify: Verify = async () => {
  log.setLogLevel('SILENT');
  const platform = await openPlatform();
  const requests = await sendMalformed(platform);
  const { data } = await platform.call('trackEvents', { body: { events: good } });
  const { data: alsoBad } = await platform.call('trackEvents', { body: { events: bad } });
  const { taken, malformed } = poisonedStream(platform);
  const lanes = lanesOf(streamRecords(taken, platform.clock.at));
  const delivery = { random: seededRandom(2), recordsMax: 20, lostAnswers: 0, inVainMax: 10 };
  const left = await Promise.all(lanes.map(lane => deliverLane(lane, delivery)));
  const blocked = left.filter(lane => lane.length > 0).length;
  const stored = new Set(await storedMessages(platform));
  const aside = await quarantined(platform);
  const listed = bad.filter(({ messageId }) => aside.has(messageId)).length;
  const unreadable = [...aside.values()].filter(reason => reason === 'envelope_unreadable').length;
  const found = [
    `${good.filter(({ messageId }) => stored.has(messageId)).length} of ${data.accepted} good events stored`,
    `${stored.size - goodCount} others stored`,
    `${listed} of ${alsoBad.accepted} bad ones in quarantine`,
    `${requests.accepted} of ${malformedBodies.length * 2} malformed requests accepted and ${requests.broke} × 5xx`,
    `${unreadable} of ${malformed} malformed records kept aside`,
    `${blocked} of ${lanes.length} lanes blocked`,
  ];
  const holds = stored.size === goodCount && data.accepted === goodCount && listed === bad.length && blocked === 0;
  const refused = requests.accepted === 0 && requests.broke === 0 && unreadable === malformed && malformed >= 150;
  return { line: `poison: ${found.join(', ')}`, holds: holds && refused };
};
