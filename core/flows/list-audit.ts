import { type AuditLink, auditLanes } from '../model/audit-chain.ts';
import { AuditCall, AuditOutcome } from '../model/audit-entry.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { AuditLog } from '../ports/audit-log.ts';

/** One call, with what came of it. */
export interface AuditRecord extends AuditCall {
  id: string;
  /** `unknown`: the call began and nobody knows whether it came to its end. */
  outcome: 'succeeded' | 'failed' | 'unknown';
}

export interface AuditQuery {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  /** Epoch ms; `until` is excluded. */
  from: number;
  until: number;
  limit: number;
  cursor?: AuditCursor | undefined;
}

/** Up to where a day was told: the index before which each lane goes on; `null` where it has been told. */
export interface AuditCursor {
  day: string;
  before: (number | null)[];
}

const dayMs = 86_400_000;
const pageSize = 50;
/** So many are looked at for one page; it may be short of its limit, with a cursor to go on. */
const lookedAtMax = 20_000;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const allLanes = Array.from({ length: auditLanes }, (_, lane) => lane);

const recordOf = (day: string, lane: number, { index, entry, outcome }: AuditLink): AuditRecord => {
  const call = AuditCall.parse(JSON.parse(entry.text));
  const end = outcome ? AuditOutcome.parse(JSON.parse(outcome.text)) : undefined;
  const status = call.status ?? end?.status;
  return {
    ...call,
    id: `${day}.${lane}.${index}`,
    subjects: [...new Set([...call.subjects, ...(end?.subjects ?? [])])],
    ...(status === undefined ? {} : { status }),
    outcome: status === undefined ? 'unknown' : status < 400 ? 'succeeded' : 'failed',
  };
};

/** A lane read backwards, some entries at a time. */
class LaneReader {
  readonly lane: number;
  before: number | null | undefined;
  readonly #ahead: AuditRecord[] = [];
  readonly #day: string;
  readonly #audit: AuditLog;

  constructor(day: string, lane: number, before: number | null | undefined, audit: AuditLog) {
    [this.#day, this.lane, this.before, this.#audit] = [day, lane, before, audit];
  }

  async fill(): Promise<void> {
    if (this.#ahead.length > 0 || this.before === null) return;
    const links = await this.#audit.newest(this.#day, this.lane, this.before, pageSize);
    this.#ahead.push(...links.map(link => recordOf(this.#day, this.lane, link)));
    if (this.#ahead.length === 0) this.before = null;
  }

  get next(): AuditRecord | undefined {
    return this.#ahead[0];
  }

  take(): void {
    const taken = this.#ahead.shift();
    if (taken) this.before = Number(taken.id.split('.')[2]);
    if (this.before === 0) this.before = null;
  }
}

const fits = (record: AuditRecord, { actor, action, subject, from, until }: AuditQuery): boolean => {
  const at = Date.parse(record.at);
  return (
    at >= from &&
    at < until &&
    (actor === undefined || record.actor === actor) &&
    (action === undefined || record.action === action) &&
    (subject === undefined || record.subjects.includes(subject))
  );
};

/** The calls of a time, newest first; within a lane in their order, whatever clocks said. */
export const listAudit = async (
  query: AuditQuery,
  { audit }: { audit: AuditLog },
): Promise<{ items: AuditRecord[]; next?: AuditCursor }> => {
  const items: AuditRecord[] = [];
  let looked = 0;
  const last = dayOf(query.from);
  let day = query.cursor?.day ?? dayOf(query.until - 1);
  let before: readonly (number | null | undefined)[] = query.cursor?.before ?? [];
  for (; day >= last; day = dayOf(Date.parse(`${day}T00:00:00Z`) - dayMs), before = []) {
    const lanes = allLanes.map(lane => new LaneReader(day, lane, before[lane], audit));
    for (;;) {
      await inLanes(lanes, auditLanes, lane => lane.fill());
      const newest = lanes.reduce<LaneReader | undefined>(
        (best, lane) => (lane.next && (!best?.next || lane.next.at > best.next.at) ? lane : best),
        undefined,
      );
      if (!newest?.next) break;
      if (items.length === query.limit || looked === lookedAtMax) return { items, next: cursorOf(day, lanes) };
      looked += 1;
      if (fits(newest.next, query)) items.push(newest.next);
      newest.take();
    }
  }
  return { items };
};

/** A lane that was not taken from yet goes on at what stood in it when it was first read. */
const cursorOf = (day: string, lanes: readonly LaneReader[]): AuditCursor => ({
  day,
  before: lanes.map(({ before, next }) => (next ? Number(next.id.split('.')[2]) + 1 : (before ?? null))),
});
