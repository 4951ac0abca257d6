import type { ProfileSearch, SearchSort } from '../../../core/model/profile-search.ts';

/** One search, as it is asked here and as SQLite has it. */
export interface MeasuredSearch {
  search: ProfileSearch;
  sort: SearchSort;
  /** What stands after `WHERE`, and what is sorted by. */
  where: string;
  order: string;
}

const newest = { sort: '-createdAt', order: 'created_at DESC, id DESC' } as const;
const spent = { sort: '-ltv', order: 'ltv DESC, id DESC' } as const;

/** What people look for, each kind with another value in every round: by address, number, place, money, tags, rules, words. */
export const searchesOf = (round: number): MeasuredSearch[] => {
  const n = 1000 + round * 37;
  return [
    {
      search: { email: `user${round % 90}`, country: 'US', tags: ['vip'], minLtv: 500, emailConsent: true },
      where: `(lower(email) LIKE '%user${round % 90}%') AND country = 'US' AND vip AND ltv >= 500 AND consent_email`,
      ...newest,
    },
    { search: { email: `user${n}` }, where: `lower(email) LIKE '%user${n}%'`, ...newest },
    { search: { phone: `0${n}12` }, where: `phone LIKE '%0${n}12%'`, ...newest },
    {
      search: { city: `City ${n % 3000}`, minPurchases: 3 },
      where: `city = 'City ${n % 3000}' COLLATE NOCASE AND purchases >= 3`,
      ...spent,
    },
    {
      search: { country: 'DE', minLtv: 100 + round, maxLtv: 900, smsConsent: false },
      where: `country = 'DE' AND ltv >= ${100 + round} AND ltv <= 900 AND NOT consent_sms`,
      ...newest,
    },
    {
      search: { tags: ['vip', 'newsletter'], minPurchases: 5 + (round % 3) },
      where: `vip AND newsletter AND purchases >= ${5 + (round % 3)}`,
      ...spent,
    },
    {
      search: {
        rules: {
          operator: 'AND',
          conditions: [
            { field: 'attributes.customFields.plan', operator: '=', value: 'pro' },
            { field: 'attributes.customFields.score', operator: '>', value: 900 + (round % 50) },
          ],
        },
      },
      where: `plan = 'pro' AND score > ${900 + (round % 50)}`,
      ...spent,
    },
    {
      search: { query: `last${n}` },
      where: ['first_name', 'last_name', 'company', 'city', 'email', 'customer', 'device', 'custom']
        .map(column => `lower(${column}) LIKE '%last${n}%'`)
        .join(' OR '),
      ...newest,
    },
  ];
};
