import type { ProfileSearch } from '../../../../../core/model/profile-search.ts';
import type { profileWords } from '../../../words/profiles.ts';

export type FilterName = keyof typeof profileWords.filters;
/** What the list keeps in its address. */
export type ListSearch = Partial<Record<FilterName | 'query' | 'sort', string | number | boolean>>;

/** Who was there last comes first. */
export const firstSort = '-lastSeenDate';

type FilterKind = 'text' | 'number' | 'boolean' | 'segment';

export const filterKinds: Record<FilterName, FilterKind> = {
  email: 'text',
  phone: 'text',
  country: 'text',
  city: 'text',
  tag: 'text',
  minLtv: 'number',
  maxLtv: 'number',
  minPurchases: 'number',
  segmentId: 'segment',
  emailConsent: 'boolean',
  smsConsent: 'boolean',
};
export const filterNames = Object.keys(filterKinds) as FilterName[];

type Value = string | number | boolean;
const casts: Record<FilterKind, (value: Value) => Value> = {
  text: String,
  number: Number,
  boolean: value => value === true || value === 'true',
  segment: String,
};

/** The address of a list as the API is asked for it. */
export const searchBody = (search: ListSearch): ProfileSearch => {
  const named = filterNames.flatMap((name): [string, unknown][] => {
    const value = search[name];
    if (value === undefined || value === '') return [];
    return name === 'tag' ? [['tags', [String(value)]]] : [[name, casts[filterKinds[name]](value)]];
  });
  const query = search.query === undefined || search.query === '' ? {} : { query: String(search.query) };
  return { ...query, ...Object.fromEntries(named) };
};
