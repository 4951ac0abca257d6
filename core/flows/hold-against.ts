import type { EventWarning } from '../engines/events/event-input.ts';
import type { ProblemDetail } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { Violation } from '../model/violation.ts';
import type { TakenEvent } from './taken-event.ts';
import type { PlannedType, TrackingPlan } from './tracking-plan.ts';

/** Why an event is kept aside that is not as the plan says. */
export const schemaViolation = 'schema_violation';

interface Held {
  /** In the order of the events. */
  results: TakenEvent[];
  violations: Violation[];
}

/**
 * Holds what was accepted against the tracking plan. What is not as planned stays accepted: it is counted, warned of, or
 * to be kept aside, as the plan says.
 */
export const holdAgainst = (taken: TakenEvent[], plan: TrackingPlan | undefined): Held => {
  if (plan === undefined || plan.size === 0) return { results: taken, violations: [] };
  const violations: Violation[] = [];
  const results = taken.map(one => {
    const planned = one.event && plan.get(one.event.type);
    const faults = planned?.judge(one.event?.properties ?? {}) ?? [];
    if (!planned || !one.event || faults.length === 0) return one;
    violations.push({ eventId: one.event.id, type: one.event.type, schemaVersion: planned.version, faults });
    return judged({ ...one, event: one.event }, planned, faults);
  });
  return { results, violations };
};

const judged = (
  taken: TakenEvent & { event: AcceptedEvent },
  { mode }: PlannedType,
  faults: ProblemDetail[],
): TakenEvent => {
  if (mode === 'observe') return taken;
  const warned = { ...taken, warnings: [...taken.warnings, ...faults.map(warningOf)] };
  return mode === 'warn' ? warned : { ...warned, event: keptAside(taken.event, faults) };
};

const warningOf = ({ path, reason }: ProblemDetail): EventWarning => ({
  code: 'SCHEMA_VIOLATION',
  message: `${path} ${reason}`,
});

/** Another reason to be kept aside comes first: the event is held against the plan again when that is mended. */
const keptAside = (event: AcceptedEvent, violations: ProblemDetail[]): AcceptedEvent => ({
  ...event,
  quarantine: event.quarantine ?? schemaViolation,
  violations,
});
