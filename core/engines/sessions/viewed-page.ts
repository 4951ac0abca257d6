import type { AcceptedEvent } from '../../model/accepted-event.ts';

const textMax = 500;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, textMax) : undefined;

/** Addresses without what stands behind them: a query may say who it was. */
const withoutQuery = (address: string | undefined): string | undefined => address?.split(/[?#]/, 1)[0] || undefined;

/** The page or the screen that an event tells of, by the first of its names that is there. */
export const pageOf = ({ properties, context = {} }: AcceptedEvent): string | undefined => {
  const page = (typeof context.page === 'object' && context.page !== null ? context.page : {}) as Record<
    string,
    unknown
  >;
  return (
    withoutQuery(textOf(properties.page) ?? textOf(properties.path)) ??
    withoutQuery(textOf(properties.url) ?? textOf(page.path) ?? textOf(page.url)) ??
    textOf(properties.name)
  );
};
