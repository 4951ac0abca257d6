import * as z from 'zod';
import { Group } from '../language/condition.ts';
import { Country } from './profile.ts';

const text = z.string().trim().min(1).max(256);
const money = z.number().min(-1e12).max(1e12);

/** What is looked for among all profiles: everything that is named must hold. */
export const ProfileSearch = z.strictObject({
  /** Words, all of which stand somewhere in names, addresses, identifiers, tags or custom fields; case does not count. */
  query: text.optional(),
  /** The address, its beginning, or any other part of it. */
  email: text.optional(),
  /** The number, or a part of it; only digits count. */
  phone: z
    .string()
    .max(40)
    .refine(phone => /\d{3}/.test(phone.replace(/\D/g, '')), 'has at least three digits')
    .optional(),
  country: Country.optional(),
  city: text.optional(),
  /** All of them. */
  tags: z.array(z.string().min(1).max(100)).min(1).max(20).optional(),
  minLtv: money.optional(),
  maxLtv: money.optional(),
  minPurchases: z.number().int().min(0).max(1e9).optional(),
  segmentId: z.string().min(1).max(200).optional(),
  /** `false`: who did not agree, or was never asked. */
  emailConsent: z.boolean().optional(),
  smsConsent: z.boolean().optional(),
  rules: Group.optional(),
});
export type ProfileSearch = z.output<typeof ProfileSearch>;

/** What profiles may be sorted by. */
export const searchSorts = [
  'createdAt',
  'updatedAt',
  'firstSeenDate',
  'lastSeenDate',
  'lastPurchaseDate',
  'ltv',
  'aov',
  'purchaseCount',
  'churnRisk',
  'engagementScore',
  'firstName',
  'lastName',
  'email',
  'company',
  'city',
  'country',
] as const;
export type SearchSortName = (typeof searchSorts)[number];

/** Which field, and whether its largest values come first; who has no value comes last either way. */
export interface SearchOrder {
  by: SearchSortName;
  descending: boolean;
}

const descending = searchSorts.map(name => `-${name}` as const);

/** A field, with a minus where the largest come first. */
export const SearchSort = z.enum([...searchSorts, ...descending]);
export type SearchSort = z.output<typeof SearchSort>;

export const orderOf = (sort: SearchSort): SearchOrder => ({
  by: sort.replace('-', '') as SearchSortName,
  descending: sort.startsWith('-'),
});

/** Where in an order a page has ended. `value`: of the last one shown; instants as epoch ms. */
export const SearchPlace = z.object({
  sort: SearchSort,
  value: z.union([z.string(), z.number(), z.null()]),
  id: z.string(),
});
export type SearchPlace = z.output<typeof SearchPlace>;
