import type { TouchName } from '../../../../core/model/lake-version.ts';

const member = (json: string, path: string): string => `nullif(trim(json_extract_string(${json}, '${path}')), '')`;
const url = `coalesce(${member('properties', '$.url')}, ${member('context', '$.page.url')}, '')`;
const parameter = (name: string): string =>
  `nullif(trim(url_decode(replace(regexp_extract(${url}, '[?&]${name}=([^&#]*)', 1), '+', ' '))), '')`;
const marked = (name: string, source: string): string =>
  `CASE WHEN regexp_matches(${url}, '[?&]${name}=') THEN '${source}' END`;
const referrer = `coalesce(${member('properties', '$.referrer')}, ${member('context', '$.page.referrer')}, ${member('context', '$.referrer')}, '')`;
const referrerHost = `CASE WHEN channel IN ('referral', 'organic search', 'organic social')
  THEN nullif(regexp_extract(${referrer}, '^[a-z]+://([^/:?#]+)', 1), '') END`;
const named = (name: string): string => `CASE channel WHEN 'direct' THEN '(direct)' ELSE '${name}' END`;
const firstOf = (texts: readonly string[]): string =>
  `CASE WHEN channel IS NULL THEN '' ELSE substr(lower(coalesce(${texts.join(', ')})), 1, 200) END`;

/**
 * What an event tells of where somebody came from; nothing (an empty text) where it has no channel. In the order in
 * which the channel is told, too.
 */
export const touchSql: Readonly<Record<TouchName, string>> = {
  channel: `coalesce(channel, '')`,
  source: firstOf([
    member('context', '$.campaign.source'),
    parameter('utm_source'),
    ...[marked('gclid', 'google'), marked('fbclid', 'facebook'), marked('msclkid', 'bing'), marked('ttclid', 'tiktok')],
    member('properties', '$.source'),
    referrerHost,
    named('(other)'),
  ]),
  campaign: firstOf([member('context', '$.campaign.name'), parameter('utm_campaign'), named('(not set)')]),
};
