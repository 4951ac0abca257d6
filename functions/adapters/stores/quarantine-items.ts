import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { AsideEvent, HeldEntry, LeavingEntry, QuarantinedEntry } from '../../../core/ports/quarantine.ts';
import type { Item } from '../../../core/ports/table.ts';
import { keys, quarantineDayIn } from './access-patterns.ts';

/** Events that could not be folded are kept for this long after their receipt. */
export const quarantineDays = 30;

const dayMs = 86_400_000;
const typeMax = 100;

/** The days of which events may be kept, oldest first. `now`: epoch ms. */
export const quarantinedDays = (now: number): string[] =>
  Array.from({ length: quarantineDays + 3 }, (_, day) =>
    new Date(now + (day - quarantineDays - 1) * dayMs).toISOString().slice(0, 10),
  );

/** Which try of its event this is; the first is what the client sent. */
export const attemptOf = ({ redrive }: AcceptedEvent): number => redrive?.attempt ?? 1;

const receivedAtOf = ({ receivedAt }: AcceptedEvent): string => new Date(receivedAt).toISOString();

export const keyOfEvent = (event: AcceptedEvent) => keys.quarantined(receivedAtOf(event).slice(0, 10), event.id);

/** What the list index tells of an event, so that a list need not read the others. */
export const listKeyOf = (event: AcceptedEvent, reason: string) =>
  keys.quarantineList(event.id, receivedAtOf(event), reason, event.type.slice(0, typeMax));

/** The reason and the type in a key of the list index; nothing but a type may hold a `#`. */
export const listedIn = (lsk: string): { reason: string; type: string } => {
  const [, reason = '', ...rest] = lsk.split('#');
  return { reason, type: rest.slice(0, -1).join('#') };
};

export const isListedAs = (listed: string, wanted: string | undefined): boolean =>
  wanted === undefined || listed === wanted.slice(0, typeMax);

/** As text, because properties may hold what no item can. `at`: epoch ms. */
export const heldItem = ({ event, reason, batchId = event.redrive?.batchId }: AsideEvent, at: number): Item => ({
  ...keyOfEvent(event),
  ...listKeyOf(event, reason),
  state: 'held',
  tries: attemptOf(event),
  reason,
  e: JSON.stringify(event),
  at: new Date(at).toISOString(),
  ttl: Math.floor(Date.parse(event.receivedAt) / 1000) + quarantineDays * 86_400,
  ...(batchId === undefined ? {} : { batchId }),
});

const eventIn = (text: unknown): AcceptedEvent => JSON.parse(String(text)) as AcceptedEvent;

/** The event, and what it is to become where it is about to leave. */
export const eventsIn = ({ e, mended }: Item): AcceptedEvent[] =>
  [e, mended].filter(text => text !== undefined).map(eventIn);

export const entryIn = (item: Item): QuarantinedEntry => {
  const { jobId, outcome } = item as { jobId?: string; outcome?: 'sent' | 'stayed' };
  const by = jobId !== undefined && outcome !== undefined ? { jobId, outcome } : undefined;
  const entry = { id: item.sk, day: quarantineDayIn(item.pk) ?? '', tries: Number(item.tries), by };
  if (item.state === 'gone') return { ...entry, state: 'gone' };
  const { reason, at, batchId } = item as { reason?: string; at?: string; batchId?: string };
  const kept = { ...entry, event: eventIn(item.e), reason: String(reason), at: String(at), batchId };
  return item.state === 'leaving'
    ? { ...kept, state: 'leaving', mended: eventIn(item.mended) }
    : { ...kept, state: 'held' };
};

export const isKept = (entry: QuarantinedEntry): entry is HeldEntry | LeavingEntry => entry.state !== 'gone';
