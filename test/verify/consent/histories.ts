import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { standing, type Word } from './naive.ts';

const channels = ['email', 'sms', 'tracking', 'cookies', 'saleSharing', 'profiling'] as const;
type Channel = (typeof channels)[number];

interface History {
  platform: Platform;
  id: string;
  words: Word[];
}

const minute = 60_000;

type Say = (history: History, channel: Channel, granted: boolean) => Promise<void>;

const ok = ({ status }: { status: number }): void => {
  if (status >= 300) throw new Error(`a statement was answered with ${status}`);
};

const byRequest: Say = async ({ platform, id, words }, channel, granted) => {
  ok(await platform.call('setConsent', { body: { profileId: id, [channel]: granted, source: 'form' } }));
  words.push({ channel, granted, at: platform.clock.at, source: 'form', byEvent: false });
};

const byUpdate: Say = async ({ platform, id, words }, channel, granted) => {
  ok(await platform.call('updateProfile', { params: { id }, body: { consent: { [channel]: granted } } }));
  words.push({ channel, granted, at: platform.clock.at, source: 'api', byEvent: false });
};

const track = async ({ platform, id }: History, event: object, headers: Record<string, string> = {}): Promise<void> => {
  ok(await platform.call('trackEvent', { body: { profileId: id, ...event }, headers }));
  await platform.foldEvents();
};

const byEvent: Say = async (history, channel, granted) => {
  await track(history, { type: 'consent', consent: { [channel]: granted } });
  history.words.push({ channel, granted, at: history.platform.clock.at, source: 'event', byEvent: true });
};

/** An event that comes late, with what was said a while ago; of sale and sharing only what is said now counts. */
const byLateEvent: Say = async (history, channel, granted) => {
  if (channel === 'saleSharing') return;
  const at = history.platform.clock.at - 3 * minute - 1;
  await track(history, { type: 'consent', consent: { [channel]: granted }, timestamp: new Date(at).toISOString() });
  history.words.push({ channel, granted, at, source: 'event', byEvent: true });
};

const byBrowser: Say = async (history, channel, granted) => {
  await track(history, { type: 'page_view', context: { consent: { [channel]: granted } } });
  history.words.push({ channel, granted, at: history.platform.clock.at, source: 'context', byEvent: true });
};

const leaving =
  (type: 'email_unsubscribe' | 'spam_complaint'): Say =>
  async history => {
    await track(history, { type });
    const at = history.platform.clock.at;
    history.words.push({ channel: 'email', granted: false, at, source: type, byEvent: true });
  };

const byGpc: Say = async history => {
  await track(history, { type: 'page_view' }, { 'sec-gpc': '1' });
  const at = history.platform.clock.at;
  history.words.push({ channel: 'saleSharing', granted: false, at, source: 'gpc', byEvent: true });
};

const byForm: Say = async ({ platform, id, words }) => {
  ok(await platform.call('optOut', { body: { profileId: id, source: 'form' } }));
  words.push({ channel: 'saleSharing', granted: false, at: platform.clock.at, source: 'ccpa_opt_out', byEvent: false });
};

const ways: readonly Say[] = [
  ...[byRequest, byUpdate, byEvent, byLateEvent, byBrowser],
  ...[leaving('email_unsubscribe'), leaving('spam_complaint'), byGpc, byForm],
];

const wordsMax = 12;

/** What the platform tells after a random history that the plain reading does not, and grants that nothing shows. */
export const historyFaults = async (seed: number, forgets = false): Promise<string[]> => {
  const random = seededRandom(seed);
  const platform = await openPlatform();
  const { id } = (await platform.call('createProfile', { body: { email: `p${seed}@example.com` } })).data;
  const history: History = { platform, id, words: [] };
  for (let word = 0; word < 3 + random.below(wordsMax); word += 1) {
    platform.clock.advance(minute);
    await random.pick(ways)(history, random.pick(channels), random.chance(0.5));
  }
  const { data } = await platform.call('getConsent', { params: { profileId: id } });
  const { items } = (await platform.call('listConsentHistory', { params: { profileId: id } })).data;
  return channels.flatMap(channel => {
    const stands = standing(forgets ? history.words.slice(0, -1) : history.words, channel);
    const faults: string[] = [];
    if (data[channel] !== stands?.granted)
      faults.push(`seed ${seed}: ${channel} is ${data[channel]}, not ${stands?.granted}`);
    if (data[channel] !== true) return faults;
    const said = items.filter(({ changes }) => changes[channel] !== undefined);
    const newest = said.toSorted((left, right) => (left.at < right.at ? -1 : 1)).at(-1);
    if (newest?.changes[channel] !== 'granted' || !newest.source) faults.push(`seed ${seed}: nothing shows ${channel}`);
    return faults;
  });
};

/** A browser that objects, and somebody who becomes known there in some way: are they opted out everywhere? */
export const linkFaults = async (seed: number): Promise<string[]> => {
  const random = seededRandom(seed);
  const platform = await openPlatform();
  const [anonymousId, email] = [`anon-${seed}`, `known${seed}@example.com`];
  const isKnown = random.chance(0.5);
  if (isKnown) await platform.call('createProfile', { body: { email, consent: { email: true, saleSharing: true } } });
  const view = async (headers: Record<string, string>) => {
    platform.clock.advance(minute);
    ok(
      await platform.call('trackEvent', {
        body: { type: 'page_view', anonymousId },
        headers,
        key: platform.keys.write,
      }),
    );
    await platform.foldEvents();
  };
  if (random.chance(0.5)) await view({});
  await view({ 'sec-gpc': '1' });
  if (random.chance(0.5)) await view({});
  platform.clock.advance(minute);
  const key = random.chance(0.5) ? platform.keys.write : platform.keys.admin;
  ok(await platform.call('trackEvent', { body: { type: 'identify', anonymousId, traits: { email } }, key }));
  await platform.foldEvents();
  const faults: string[] = [];
  for (const [type, value] of [
    ['anonymousId', anonymousId],
    ['email', email],
  ]) {
    const { data } = await platform.call('lookupProfile', { query: { type, value } });
    const told = (await platform.call('getOptOut', { params: { profileId: data.id } })).data;
    if (!told.optedOut) faults.push(`link ${seed}: ${type} is not opted out (known before: ${isKnown})`);
  }
  return faults;
};
