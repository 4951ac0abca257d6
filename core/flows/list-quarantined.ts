import { countsByReason } from '../engines/analytics/count-quarantined.ts';
import type { NewEventInput } from '../engines/events/event-input.ts';
import { receivedEvent } from '../engines/events/received-event.ts';
import type { ProblemDetail } from '../errors.ts';
import type { CounterStore } from '../ports/counters.ts';
import type { HeldEntry, LeavingEntry, QuarantineFilter, QuarantineStore } from '../ports/quarantine.ts';

interface ListTools {
  quarantine: QuarantineStore;
  counters: CounterStore;
  now: () => Date;
}

interface ShownEntry {
  id: string;
  reason: string;
  receivedAt: string;
  quarantinedAt: string;
  tries: number;
  originalTimestamp?: string;
  violations?: ProblemDetail[];
  event: NewEventInput & { messageId: string };
  data?: string;
}

const keptDays = 30;

/** A page of the quarantine, newest first, and how many events are kept aside for each reason altogether. */
export const listQuarantined = async (
  query: QuarantineFilter & { limit: number; cursor?: string | undefined },
  { quarantine, counters, now }: ListTools,
): Promise<{ items: ShownEntry[]; counts: Record<string, number>; nextCursor?: string }> => {
  const [{ items, next }, { quarantined = {} }] = await Promise.all([quarantine.list(query), counters.totals()]);
  const firstDay = new Date(now().getTime() - keptDays * 86_400_000).toISOString().slice(0, 10);
  const counts = countsByReason(quarantined, firstDay);
  return { items: items.map(shown), counts, ...(next === undefined ? {} : { nextCursor: next }) };
};

/** The bytes of a record that nobody can read may say anything about anybody: they stand apart. */
const shown = ({ id, event, reason, at, tries }: HeldEntry | LeavingEntry): ShownEntry => {
  const { originalTimestamp, receivedAt, messageId, violations } = event;
  const base = {
    id,
    reason,
    receivedAt,
    quarantinedAt: at,
    tries,
    ...(originalTimestamp === undefined ? {} : { originalTimestamp }),
    ...(violations === undefined ? {} : { violations }),
  };
  const received = { ...receivedEvent(event), messageId };
  if (event.quarantine !== 'envelope_unreadable') return { ...base, event: received };
  return { ...base, event: { ...received, properties: {} }, data: String(event.properties.data) };
};
