/** What an event says, as it says it. */
interface Said {
  id: string;
  type: string;
  timestamp: string;
  sessionId?: string;
  deviceId?: string;
  source?: string;
  identifiers: readonly { type: string; value: string }[];
  properties: Record<string, unknown>;
  context?: Record<string, unknown>;
}

/** The rules of sessions, each by itself, so that one can be left out. */
export interface Rules {
  pauseSecondsMax: number;
  lengthSecondsMax: number;
  deviceCounts: boolean;
  clientNameCounts: boolean;
  quietCountsAsPresence: boolean;
  namedAfter: 'first received' | 'earliest';
  endsAtMidnight: boolean;
  cameFromBy: 'first event' | 'last event';
  campaignComesFirst: boolean;
  ordersCountOnce: boolean;
}

export const rules: Rules = {
  pauseSecondsMax: 1_800,
  lengthSecondsMax: 86_400,
  deviceCounts: true,
  clientNameCounts: true,
  quietCountsAsPresence: false,
  namedAfter: 'first received',
  endsAtMidnight: false,
  cameFromBy: 'first event',
  campaignComesFirst: true,
  ordersCountOnce: true,
};

/** A session as both sides can tell it. */
export interface Told {
  id: string;
  events: string[];
  quiet: string[];
  startedAt: string;
  endedAt: string;
  durationSeconds: number;
  pageViews: number;
  purchases: number;
  /** In dollars. */
  revenue: number;
  bounced: boolean;
  entryPage: string | undefined;
  exitPage: string | undefined;
  channel: string;
  campaign: string | undefined;
  /** Sessions of the same visit, by id. */
  visit: string[];
}

const secondsOf = (event: Said): number => Date.parse(event.timestamp) / 1_000;

const deviceOf = (event: Said): string | undefined =>
  event.deviceId ?? event.identifiers.find(one => one.type === 'anonymousId')?.value;

const happensByItself = (event: Said): boolean =>
  event.type.startsWith('email_') ||
  ['server', 'backend', 'email', 'import'].includes((event.source ?? '').toLowerCase());

const deviceIn = (session: Said[]): string | undefined => session.map(deviceOf).find(device => device !== undefined);
const clientNameIn = (session: Said[]): string | undefined =>
  session.map(event => event.sessionId).find(name => name !== undefined);

const startOf = (session: Said[]): number => Math.min(...session.map(secondsOf));
const endOf = (session: Said[]): number => Math.max(...session.map(secondsOf));

const differ = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;
const match = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

const speaksAgainst = (event: Said, session: Said[], rule: Rules): boolean =>
  (rule.deviceCounts && differ(deviceOf(event), deviceIn(session))) ||
  (rule.clientNameCounts && differ(event.sessionId, clientNameIn(session)));

const day = (seconds: number): number => Math.floor(seconds / 86_400);

const mayGoOn = (event: Said, session: Said[], rule: Rules): boolean =>
  secondsOf(event) - endOf(session) <= rule.pauseSecondsMax &&
  secondsOf(event) - startOf(session) <= rule.lengthSecondsMax &&
  !(rule.endsAtMidnight && day(secondsOf(event)) !== day(endOf(session))) &&
  !speaksAgainst(event, session, rule);

/** The best of them: the client's name, the device, who went on last, who began last. */
const best = (event: Said, sessions: Said[][], made: Said[][], rule: Rules): Said[] | undefined => {
  const marks = (session: Said[]): number[] => [
    rule.clientNameCounts && match(event.sessionId, clientNameIn(session)) ? 1 : 0,
    rule.deviceCounts && match(deviceOf(event), deviceIn(session)) ? 1 : 0,
    endOf(session),
    made.indexOf(session),
  ];
  const byMarks = (left: Said[], right: Said[]): number => {
    const [a, b] = [marks(left), marks(right)];
    const place = a.findIndex((mark, index) => mark !== b[index]);
    return place < 0 ? 0 : (b[place] ?? 0) - (a[place] ?? 0);
  };
  return [...sessions].sort(byMarks)[0];
};

const inTime = (left: Said, right: Said): number => secondsOf(left) - secondsOf(right) || (left.id < right.id ? -1 : 1);

const visitsOf = (sessions: Said[][]): Said[][][] => {
  const visits: Said[][][] = [];
  for (const session of sessions) {
    const overlapping = visits.find(visit =>
      visit.some(other => startOf(session) <= endOf(other) && startOf(other) <= endOf(session)),
    );
    if (overlapping) overlapping.push(session);
    else visits.push([session]);
  }
  return visits;
};

const idOf = (session: Said[], rule: Rules): string => {
  const ids = session.map(event => event.id);
  const named = rule.namedAfter === 'earliest' ? ids[0] : ids.toSorted()[0];
  return `session-${named?.slice('event-'.length)}`;
};

/** An order is of the message that was received first, wherever that is. */
const countsAsPurchase = (event: Said, all: readonly Said[], rule: Rules): boolean => {
  if (event.type !== 'purchase' || !rule.ordersCountOnce) return event.type === 'purchase';
  const same = all.filter(one => one.type === 'purchase' && one.properties.orderId === event.properties.orderId);
  return same.every(one => one.id >= event.id);
};

/** In cents, so that nothing is lost between two numbers. */
const centsOf = (event: Said): number => Math.round(Number(event.properties.amount) * 100);

interface Arrival {
  channel: string;
  campaign?: string;
}

/** Where somebody came from, as an event says it: the first line that applies. */
const arrivalBy = ({ type, properties, context }: Said, rule: Rules): Arrival | undefined => {
  const lines: (Arrival | false)[] = [
    context?.campaign !== undefined && { channel: 'email', campaign: 'news/email/spring' },
    String(properties.url).includes('utm_medium=cpc') && { channel: 'paid search', campaign: 'google/cpc/' },
    properties.source === 'facebook' && { channel: 'organic social', campaign: 'facebook//' },
    String(properties.referrer).includes('bing') && { channel: 'organic search' },
    String(properties.referrer).includes('blog') && { channel: 'referral' },
    type === 'page_view' && { channel: 'direct' },
  ];
  const [direct, ...others] = lines.toReversed();
  const ordered = rule.campaignComesFirst ? lines : [...others, direct ?? false];
  return ordered.find(line => line !== false) || undefined;
};

/** What was seen, by its name or else its address without the query. */
const pageOf = ({ properties: { page, url } }: Said): string | undefined =>
  page === undefined && url === undefined ? undefined : String(page ?? url).split('?')[0];

const arrivalOf = (session: readonly Said[], rule: Rules): Arrival => {
  const told = session.map(event => arrivalBy(event, rule)).filter(arrival => arrival !== undefined);
  return (rule.cameFromBy === 'first event' ? told[0] : told.at(-1)) ?? { channel: 'direct' };
};

/**
 * Sessions by the letter of the rules: slow, each question answered from the events anew. Knows nothing of the engine.
 */
export const referenceSessions = (given: readonly Said[], rule: Rules = rules): Told[] => {
  const all = [...given].sort(inTime);
  const isPresence = (event: Said): boolean => rule.quietCountsAsPresence || !happensByItself(event);
  const sessions: Said[][] = [];
  for (const event of all.filter(isPresence)) {
    const own = best(
      event,
      sessions.filter(session => mayGoOn(event, session, rule)),
      sessions,
      rule,
    );
    if (own) own.push(event);
    else sessions.push([event]);
  }
  const quietOf = new Map<Said[], Said[]>(sessions.map(session => [session, []]));
  for (const event of all.filter(one => !isPresence(one))) {
    const during = sessions.filter(
      session =>
        startOf(session) <= secondsOf(event) &&
        secondsOf(event) - endOf(session) <= rule.pauseSecondsMax &&
        !speaksAgainst(event, session, rule),
    );
    const own = best(event, during, sessions, rule);
    if (own) quietOf.get(own)?.push(event);
  }
  const visits = visitsOf(sessions);
  return sessions.map(session => {
    const quiet = quietOf.get(session) ?? [];
    const [start, end] = [startOf(session), endOf(session)];
    const views = session.filter(event => event.type === 'page_view');
    const pages = views.map(pageOf).filter(page => page !== undefined);
    const orders = [...session, ...quiet].filter(event => countsAsPurchase(event, all, rule));
    const { channel, campaign } = arrivalOf(session, rule);
    return {
      id: idOf(session, rule),
      events: session.map(event => event.id),
      quiet: quiet.map(event => event.id),
      startedAt: new Date(start * 1_000).toISOString(),
      endedAt: new Date(end * 1_000).toISOString(),
      durationSeconds: end - start,
      pageViews: views.length,
      entryPage: pages[0],
      exitPage: pages.at(-1),
      bounced: session.length === 1,
      purchases: orders.length,
      revenue: orders.map(centsOf).reduce((sum, cents) => sum + cents, 0) / 100,
      channel,
      campaign,
      visit: (visits.find(visit => visit.includes(session)) ?? []).map(one => idOf(one, rule)).sort(),
    };
  });
};
