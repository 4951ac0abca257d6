import { type ConsentChannel, type ConsentPatch, consentChannels } from '../../model/profile.ts';
import type { NewEventInput } from './event-input.ts';

/** What consent managers call what we have a channel for, beside our own names; without case, blanks, `_` and `-`. */
const categories: Readonly<Record<string, ConsentChannel>> = {
  analytics: 'tracking',
  performance: 'tracking',
  statistics: 'tracking',
  functional: 'cookies',
  preferences: 'cookies',
  advertising: 'saleSharing',
  datasharing: 'saleSharing',
  saleofdata: 'saleSharing',
  personalization: 'profiling',
};

const channelOf = (name: string): ConsentChannel | undefined => {
  const plain = name.toLowerCase().replaceAll(/[ _-]/g, '');
  return consentChannels.find(channel => channel.toLowerCase() === plain) ?? categories[plain];
};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A browser speaks for itself: for nobody who is known by more than it, and never for a channel that reaches people. */
const ofBrowsers: ReadonlySet<ConsentChannel> = new Set(['tracking', 'cookies', 'saleSharing', 'profiling']);

const isKnown = ({ profileId, identifiers = [], traits }: NewEventInput): boolean =>
  profileId !== undefined ||
  traits?.email !== undefined ||
  traits?.phone !== undefined ||
  identifiers.some(({ type }) => type !== 'anonymousId' && type !== 'deviceId' && type !== 'cookie');

/**
 * What `context.consent` says, by our channels: as a map of channels, or under `categoryPreferences` as consent managers
 * have it. A key that stands in every browser may take back what it likes, and grant for that browser alone.
 */
export const contextConsent = (event: NewEventInput, fromBrowser: boolean): ConsentPatch | undefined => {
  const given = event.context?.consent;
  if (!isMap(given)) return undefined;
  const preferences = isMap(given.categoryPreferences) ? given.categoryPreferences : given;
  const said: ConsentPatch = {};
  for (const [name, granted] of Object.entries(preferences)) {
    const channel = channelOf(name);
    if (channel === undefined || typeof granted !== 'boolean') continue;
    if (fromBrowser && (!ofBrowsers.has(channel) || (granted && isKnown(event)))) continue;
    said[channel] = said[channel] === false ? false : granted;
  }
  return Object.keys(said).length === 0 ? undefined : said;
};
