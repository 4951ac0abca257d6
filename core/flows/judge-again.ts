import { mergePatch } from '../engines/events/merge-patch.ts';
import { receivedEvent } from '../engines/events/received-event.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { Caller } from '../model/caller.ts';
import type { EventPatch } from '../model/event-patch.ts';
import { moneyFaults } from '../model/money-faults.ts';
import type { HeldEntry } from '../ports/quarantine.ts';
import { takeEvents } from './take-events.ts';
import type { TrackingPlan } from './tracking-plan.ts';

/** The event as it may go on, or why it has to stay. */
export type Judgement = { event: AcceptedEvent } | { reason: string; detail?: string };

/** What a write key may not say was refused at the door. */
const caller: Caller = { id: 'quarantine', kind: 'secret', scopes: [], fieldPolicy: {} };

/**
 * Judges an event that is kept aside as it would be judged at the door, with a patch applied. It stays the same event:
 * its ids and its receive time are those that it had. A time that the patch gives must be readable.
 */
export const judgeAgain = (entry: HeldEntry, patch: EventPatch | undefined, plan?: TrackingPlan): Judgement => {
  const { event, tries, batchId } = entry;
  const given = mergePatch(receivedEvent(event), patch ?? {}) as Record<string, unknown>;
  if (isUnreadable(event) && given.type === event.type) return { reason: entry.reason };
  const tools = { nextEventId: () => event.id, now: () => new Date(event.receivedAt) };
  const [taken] = takeEvents([given], { strict: true, caller, plan }, tools).results;
  if (!taken?.event) return { reason: reasonOf(given), ...(taken?.problem ? { detail: taken.problem.message } : {}) };
  if (taken.event.quarantine !== undefined) return stillAside(taken.event.quarantine, taken.event);
  const originalTimestamp = taken.event.originalTimestamp ?? event.originalTimestamp;
  const redrive = { attempt: tries + 1, ...(batchId === undefined ? {} : { batchId }) };
  return { event: { ...taken.event, ...(originalTimestamp === undefined ? {} : { originalTimestamp }), redrive } };
};

const stillAside = (reason: string, { violations: [first] = [] }: AcceptedEvent): Judgement =>
  first ? { reason, detail: `${first.path}: ${first.reason}` } : { reason };

/** What stands in for a record that is no event of ours; somebody has to say what it was. */
const isUnreadable = ({ quarantine }: AcceptedEvent): boolean => quarantine === 'envelope_unreadable';

const reasonOf = ({ type, properties }: Record<string, unknown>): string => {
  const faults = moneyFaults(String(type), (properties ?? {}) as Record<string, unknown>);
  return faults.length > 0 ? `${String(type)}_invalid` : 'event_invalid';
};
