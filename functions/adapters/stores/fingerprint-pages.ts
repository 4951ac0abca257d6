import { fingerprint } from '../../../core/model/fingerprint.ts';
import type { Head } from '../../../core/model/profile-state.ts';
import type { ProfileCommit } from '../../../core/ports/profile-store.ts';
import type { Item, Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import type { VersionRange } from './event-chunks.ts';
import { packFingerprints, unpackFingerprints } from './profile-items.ts';
import { absent } from './profile-transaction.ts';

/** A head carries this many fingerprints; when it would carry more, they move to pages. */
const ringLengthMax = 64;
const pageLengthMax = 1_000;
/** How far back live traffic looks for a repeat. */
const lookBackDays = 7;
/** One more than the days that live traffic looks back to, the first and the last of which are parts of days. */
const pageDaysMax = lookBackDays + 2;
const dayMilliseconds = 86_400_000;
const triesMax = 20;

/** What a page holds: the fingerprints of messages that were folded in these versions. */
export interface FingerprintPage extends VersionRange {
  fingerprints: readonly number[];
}

/** What a commit does to the remembered messages: what the head keeps, and what goes to pages before. */
export interface Spill {
  ring: Pick<Head, 'ring' | 'ringFrom'>;
  pages: FingerprintPage[];
}

/**
 * The ring takes the messages of a commit as long as there is room. When there is none, what it holds becomes a page;
 * a window with more messages than the ring can ever hold goes straight to pages with it.
 */
export const spillOf = ({ before, after, events = [] }: ProfileCommit): Spill => {
  const { ring, version, ringFrom: from = 1 } = before.head;
  const fresh = events.map(event => fingerprint(event.messageId));
  const all = [...ring, ...fresh];
  if (all.length <= ringLengthMax) return { ring: { ring: all }, pages: [] };
  if (fresh.length > ringLengthMax) {
    return {
      ring: { ring: [], ringFrom: after.head.version + 1 },
      pages: pagesOf(all, { from, to: after.head.version }),
    };
  }
  return { ring: { ring: fresh, ringFrom: after.head.version }, pages: pagesOf(ring, { from, to: version }) };
};

const pagesOf = (fingerprints: readonly number[], range: VersionRange): FingerprintPage[] =>
  Array.from({ length: Math.ceil(fingerprints.length / pageLengthMax) }, (_, page) => ({
    ...range,
    fingerprints: fingerprints.slice(page * pageLengthMax, (page + 1) * pageLengthMax),
  }));

export const pageItem = (profileId: string, number: number, { fingerprints, from, to }: FingerprintPage): Item => ({
  ...keys.page(profileId, number),
  f: packFingerprints(fingerprints),
  from,
  to,
});

/** Pages of a profile that are to be written from the number `next` on. */
export interface NewPages {
  profileId: string;
  next: number;
  pages: readonly FingerprintPage[];
}

/**
 * Writes pages under the next free numbers; returns for each profile the number after its last one. A page is never
 * changed: a number that a crashed or a losing try has taken is passed over, and what stands there is a suspicion more.
 */
export const writePages = async (table: Table, wanted: readonly NewPages[]): Promise<number[]> => {
  const next = wanted.map(one => one.next);
  let open = wanted.flatMap(({ profileId, pages }, index) => pages.map(page => ({ index, profileId, page })));
  for (let attempt = 0; open.length > 0; attempt += 1) {
    if (attempt === triesMax) throw new Error(`no free number for a page of ${open[0]?.profileId}`);
    const puts = open.map(({ index, profileId, page }) => {
      const number = next[index] ?? 0;
      next[index] = number + 1;
      return { kind: 'put' as const, item: pageItem(profileId, number, page), when: absent };
    });
    const done = await table.writeEach(puts);
    open = open.filter((_, index) => !done[index]);
  }
  return next;
};

/** Remembers which page was the first of a day, for as many days as live traffic looks back to. */
export const pageDaysAfter = ({ pages, pageDays = [] }: Head, at: number): [number, number][] => {
  const today = Math.floor(at / dayMilliseconds);
  return (pageDays.at(-1)?.[0] ?? 0) >= today
    ? pageDays
    : [...pageDays, [today, pages] as [number, number]].slice(-pageDaysMax);
};

/** The first page that may hold a message that was folded at `since` (epoch ms) or later. */
const firstPageSince = ({ pages, pageDays = [] }: Head, since: number): number => {
  const index = pageDays.findIndex(([day]) => day >= Math.floor(since / dayMilliseconds));
  if (index < 0) return pages;
  return index === 0 ? 0 : (pageDays[index]?.[1] ?? 0);
};

/** The numbers of the pages in which messages of that time may stand. */
export const pagesToConsult = (head: Head, events: readonly { timestamp: string; receivedAt: string }[]): number[] => {
  const first = events.reduce(
    (least, { timestamp, receivedAt }) => Math.min(least, Date.parse(timestamp), Date.parse(receivedAt)),
    Number.POSITIVE_INFINITY,
  );
  const from = firstPageSince(head, first - lookBackDays * dayMilliseconds);
  return Array.from({ length: head.pages - from }, (_, index) => from + index);
};

export const readPage = (item: Item): FingerprintPage => ({
  fingerprints: unpackFingerprints(item.f as Uint8Array),
  from: Number(item.from),
  to: Number(item.to),
});
