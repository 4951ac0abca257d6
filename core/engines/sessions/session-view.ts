import { addDecimals, decimalToNumber } from '../../model/money.ts';
import { checkPurchase, purchaseValue } from '../../model/purchase.ts';
import type { FoldedSession } from './folded-session.ts';
import { orderIdOf } from './order-owners.ts';
import type { SessionEvent } from './session-event.ts';
import { sessionId } from './session-id.ts';
import { sessionTouch, type Touch } from './session-touch.ts';
import { pageOf } from './viewed-page.ts';

/** A session as it is answered. Times are ISO 8601. */
export interface SessionView extends Touch {
  id: string;
  profileId: string;
  /** The visit that it is part of: sessions of one person that overlap. */
  visitId: string;
  startedAt: string;
  endedAt: string;
  durationSeconds: number;
  eventCount: number;
  pageViews: number;
  entryPage?: string;
  exitPage?: string;
  /** One event, and nothing after it. */
  bounced: boolean;
  converted: boolean;
  purchases: number;
  /** Of its orders, by currency. */
  revenue: Record<string, number>;
  /** As the first event says that has one: `web`, `ios` … */
  source?: string;
  device?: string;
  /** As the client names it. */
  clientSessionId?: string;
}

export interface ViewContext {
  profileId: string;
  accountCurrency: string;
  /** By order, the event that counts. */
  owners: ReadonlyMap<string, string>;
}

interface Sales {
  purchases: number;
  revenue: Record<string, number>;
}

const isOwn = (event: SessionEvent, owners: ViewContext['owners']): boolean => {
  const order = orderIdOf(event);
  return order === undefined || owners.get(order) === event.id;
};

const salesIn = (events: readonly SessionEvent[], { owners, accountCurrency }: ViewContext): Sales => {
  const sums = new Map<string, string>();
  let purchases = 0;
  for (const event of events) {
    const { type, properties } = event.event;
    if (type !== 'purchase' || !isOwn(event, owners) || checkPurchase(properties).length > 0) continue;
    const { amount, currency = accountCurrency } = purchaseValue(properties);
    sums.set(currency, addDecimals(sums.get(currency) ?? '0', amount));
    purchases += 1;
  }
  const revenue = Object.fromEntries([...sums].map(([currency, sum]) => [currency, decimalToNumber(sum)]));
  return { purchases, revenue };
};

const pagesIn = (events: readonly SessionEvent[]) => {
  const viewed = events.filter(({ event }) => event.type === 'page_view' || event.type === 'screen_view');
  const pages = viewed.map(({ event }) => pageOf(event)).filter(page => page !== undefined);
  const [entryPage, exitPage] = [pages[0], pages.at(-1)];
  return {
    pageViews: viewed.length,
    ...(entryPage === undefined ? {} : { entryPage }),
    ...(exitPage === undefined ? {} : { exitPage }),
  };
};

const isoOf = (at: number): string => new Date(at).toISOString();

/** What a session comes to. */
export const sessionView = (session: FoldedSession, visitId: string, context: ViewContext): SessionView => {
  const { startAt, lastAt, device, clientSessionId, events, quiet } = session;
  const source = events.find(({ event }) => event.source !== undefined)?.event.source;
  const sales = salesIn([...events, ...quiet], context);
  return {
    id: sessionId(session),
    profileId: context.profileId,
    visitId,
    startedAt: isoOf(startAt),
    endedAt: isoOf(lastAt),
    durationSeconds: Math.round((lastAt - startAt) / 1000),
    eventCount: events.length + quiet.length,
    ...pagesIn(events),
    bounced: events.length === 1,
    converted: sales.purchases > 0,
    ...sales,
    ...sessionTouch(events.map(({ event }) => event)),
    ...(source === undefined ? {} : { source }),
    ...(device === undefined ? {} : { device }),
    ...(clientSessionId === undefined ? {} : { clientSessionId }),
  };
};
