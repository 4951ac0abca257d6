import * as z from 'zod';

/** A day, or an instant; days are those of `REPORTING_TIMEZONE`. */
export const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Without an end up to now, without a beginning the 30 days before the end. */
export const dates = { startDate: Moment.optional(), endDate: Moment.optional() };

export const EventName = z.string().trim().min(1).max(200);

/** Names exactly the profiles behind a figure: `GET /analytics/people/{handle}`. */
export const Handle = z.string();

export const SegmentFilter = z.string().min(1).max(200);

/** The instants that an answer is about, its end excluded. */
export const answeredRange = { startDate: z.iso.datetime(), endDate: z.iso.datetime(), timeZone: z.string() };

/** ISO 4217; the account's where none is named. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'is a currency such as USD');
