import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { type Channel, channelOf } from '../../model/channel.ts';

/** What a link said of the campaign that it belongs to. */
export interface Campaign {
  source?: string;
  medium?: string;
  name?: string;
  term?: string;
  content?: string;
}

/** Where a session came from. */
export interface Touch {
  channel: Channel;
  campaign?: Campaign;
  /** The page that led here, without its query. */
  referrer?: string;
}

const parts = ['source', 'medium', 'name', 'term', 'content'] as const;
const textMax = 200;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, textMax) : undefined;
const mapOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const readCampaign = (read: (part: (typeof parts)[number]) => unknown): Campaign | undefined => {
  const said = parts.flatMap(part => {
    const text = textOf(read(part));
    return text === undefined ? [] : [[part, text]];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
};

const queryOf = (address: string): URLSearchParams =>
  new URLSearchParams(address.includes('?') ? address.slice(address.indexOf('?') + 1).split('#', 1)[0] : '');

/** In the order of the table of channels: the context's campaign, `utm_*` in the address, `properties.source`. */
const campaignOf = ({ properties, context = {} }: AcceptedEvent): Campaign | undefined => {
  const campaign = mapOf(context.campaign);
  const query = queryOf(String(properties.url ?? mapOf(context.page).url ?? ''));
  return (
    readCampaign(part => campaign[part]) ??
    readCampaign(part => query.get(part === 'name' ? 'utm_campaign' : `utm_${part}`)) ??
    readCampaign(part => (part === 'source' ? properties.source : undefined))
  );
};

const referrerOf = ({ properties, context = {} }: AcceptedEvent): string | undefined => {
  const said = textOf(properties.referrer ?? mapOf(context.page).referrer ?? context.referrer);
  return said?.split(/[?#]/, 1)[0];
};

/** Where a session came from: what the first of its events tells that tells anything; direct where none does. */
export const sessionTouch = (events: readonly AcceptedEvent[]): Touch => {
  for (const event of events) {
    const channel = channelOf(event);
    if (channel === undefined) continue;
    const [campaign, referrer] = [campaignOf(event), referrerOf(event)];
    return { channel, ...(campaign ? { campaign } : {}), ...(referrer === undefined ? {} : { referrer }) };
  }
  return { channel: 'direct' };
};
