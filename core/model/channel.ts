/**
 * Where a person came from. The packed files of the lake name a channel by its place in this list: add at the end,
 * never remove.
 */
export const channels = [
  'direct',
  'paid search',
  'organic search',
  'paid social',
  'organic social',
  'email',
  'referral',
  'affiliate',
  'display',
  'other',
] as const;
export type Channel = (typeof channels)[number];

interface Told {
  type: string;
  properties: Record<string, unknown>;
  context?: Record<string, unknown> | undefined;
}

/** What a link says of itself. */
interface Campaign {
  source: string;
  medium: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');
const mapOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const searchEngine = /(^|\.)(google|bing|yahoo|duckduckgo|ecosia|baidu|yandex|qwant|startpage|brave)(\.|$)/;
const socialNetwork =
  /(^|\.)(facebook|fb|instagram|linkedin|lnkd|twitter|t|x|tiktok|pinterest|reddit|youtube|snapchat|threads)(\.|$)/;

/** Words of a medium, by the channel that they mean; the first line that fits holds. */
const mediums: [RegExp, (source: string) => Channel][] = [
  [/^(e-?mail|newsletter)$/, () => 'email'],
  [/^affiliates?$/, () => 'affiliate'],
  [/^(display|banner|cpm)$/, () => 'display'],
  [/^(paid[ _-]?social|social[ _-]?paid)$/, () => 'paid social'],
  [/^(cpc|ppc|paid|sem|paid[ _-]?search)$/, source => (socialNetwork.test(source) ? 'paid social' : 'paid search')],
  [/^(social|organic[ _-]?social)$/, () => 'organic social'],
  [/^organic$/, () => 'organic search'],
  [/^referral$/, () => 'referral'],
];

const bySource = (source: string): Channel | undefined => {
  if (/^(direct|\(direct\))$/.test(source)) return 'direct';
  if (/^(e-?mail|newsletter)$/.test(source)) return 'email';
  if (searchEngine.test(source)) return 'organic search';
  return socialNetwork.test(source) ? 'organic social' : undefined;
};

const byCampaign = ({ source, medium }: Campaign): Channel | undefined => {
  const line = mediums.find(([words]) => words.test(medium));
  if (line) return line[1](source);
  return source === '' && medium === '' ? undefined : (bySource(source) ?? 'other');
};

/** The marks that advertisers' links carry. */
const clickIds: [name: string, Channel][] = [
  ['gclid', 'paid search'],
  ['msclkid', 'paid search'],
  ['fbclid', 'organic social'],
  ['ttclid', 'paid social'],
];

const queryOf = (address: string): URLSearchParams =>
  new URLSearchParams(address.includes('?') ? address.slice(address.indexOf('?') + 1).split('#', 1)[0] : '');

const byAddress = (address: string): Channel | undefined => {
  const query = queryOf(address);
  const campaign = { source: textOf(query.get('utm_source')), medium: textOf(query.get('utm_medium')) };
  return byCampaign(campaign) ?? clickIds.find(([name]) => query.has(name))?.[1];
};

const hostOf = (address: string): string => /^[a-z]+:\/\/([^/:?#]+)/i.exec(address)?.[1]?.toLowerCase() ?? '';

const byReferrer = (referrer: string, address: string): Channel | undefined => {
  const host = hostOf(referrer);
  if (host === '' || host === hostOf(address)) return undefined;
  return bySource(host) ?? 'referral';
};

/**
 * The channel of an event, by the first that tells: the campaign of its context, `utm_*` in its address, the mark of an
 * advertiser, `properties.source`, the referrer. A page view that tells nothing is direct; what else tells nothing has
 * no channel.
 *
 * @example channelOf({ type: 'page_view', properties: { url: 'https://shop.test/?gclid=1' } }) // 'paid search'
 */
export const channelOf = ({ type, properties, context = {} }: Told): Channel | undefined => {
  const page = mapOf(context.page);
  const campaign = mapOf(context.campaign);
  const address = String(properties.url ?? page.url ?? '');
  const referrer = String(properties.referrer ?? page.referrer ?? context.referrer ?? '');
  return (
    byCampaign({ source: textOf(campaign.source), medium: textOf(campaign.medium) }) ??
    byAddress(address) ??
    byCampaign({ source: textOf(properties.source), medium: '' }) ??
    byReferrer(referrer, address) ??
    (type === 'page_view' ? 'direct' : undefined)
  );
};
