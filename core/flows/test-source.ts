import { Problem } from '../errors.ts';
import type { Caller } from '../model/caller.ts';
import { isCurrent } from '../model/stored-api-key.ts';
import type { EventStream } from '../ports/outlets.ts';
import type { Cached } from './cached.ts';
import { type SourceTools, sourceKey } from './list-sources.ts';
import { type MeterTools, meterIntake } from './meter-intake.ts';
import { takeEvents } from './take-events.ts';
import type { TrackingPlan } from './tracking-plan.ts';

interface TestTools extends Pick<SourceTools, 'apiKeys'>, MeterTools {
  events: EventStream;
  trackingPlan: Cached<TrackingPlan>;
  nextEventId: (at: number) => string;
}

interface Tested {
  eventId: string;
  anonymousId: string;
  status: 'accepted' | 'quarantined';
}

/**
 * Sends an event as the source would: judged, counted and put on the stream like any other.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` for a source whose events are refused
 */
export const testSource = async (id: string, tools: TestTools): Promise<Tested> => {
  const key = await sourceKey(id, tools);
  if (!isCurrent(key, tools.now().getTime())) {
    throw new Problem('CONFLICT', `Source ${id} is disabled or has expired: its events are refused`);
  }
  const caller: Caller = { id, kind: 'write', scopes: key.scopes, fieldPolicy: {} };
  const anonymousId = `source-test-${id}`;
  const given = { type: 'source_test', anonymousId, source: key.sourceKind ?? 'other', properties: { sourceId: id } };
  const plan = await tools.trackingPlan.get();
  const taken = takeEvents([given], { strict: false, caller, plan }, tools);
  const [event] = taken.fresh;
  if (!event) throw new Error('a test event is always accepted');
  await tools.events.put(taken.fresh);
  await meterIntake(caller, taken, tools);
  return { eventId: event.id, anonymousId, status: event.quarantine === undefined ? 'accepted' : 'quarantined' };
};
