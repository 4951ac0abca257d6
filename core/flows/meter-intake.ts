import {
  addViolations,
  type CountedViolations,
  countViolations,
  noteViolation,
} from '../engines/schemas/count-violations.ts';
import { addSeen, countActivity, type Seen } from '../engines/sources/count-activity.ts';
import type { ProblemDetail } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { Caller } from '../model/caller.ts';
import type { SourceActivity } from '../model/source-activity.ts';
import type { PlanViolations, Violation } from '../model/violation.ts';
import type { Collection } from '../ports/collection.ts';
import { addOrChange } from './add-or-change.ts';

/** What a request has brought. */
export interface Taken {
  /** What was accepted. */
  fresh: readonly AcceptedEvent[];
  rejected: number;
  violations: readonly Violation[];
  /** What was wrong, of one of them. */
  fault?: ProblemDetail | undefined;
}

/** What this process has counted and not told yet: by source, and by type of event. */
export interface Intake {
  sources: Map<string, Seen>;
  violations: Map<string, CountedViolations>;
  /** Epoch ms. */
  toldAt: number;
  telling: boolean;
}

export interface MeterTools {
  intake: Intake;
  sourceActivity: Collection<SourceActivity>;
  planViolations: Collection<PlanViolations>;
  now: () => Date;
}

export const emptyIntake = (): Intake => ({ sources: new Map(), violations: new Map(), toldAt: 0, telling: false });

/** How long counts may wait for others, so that many requests cost one write. */
const tellMilliseconds = 10_000;

/**
 * Counts what came from a source and what was not as the plan says. What ten seconds have brought is told together, by
 * the first request after them. What could not be told is told the next time.
 */
export const meterIntake = async (caller: Caller, taken: Taken, tools: MeterTools): Promise<void> => {
  const { intake, now } = tools;
  const at = now().getTime();
  note(intake, caller, taken, at);
  const isNothing = intake.sources.size === 0 && intake.violations.size === 0;
  if (isNothing || intake.telling || at - intake.toldAt < tellMilliseconds) return;
  await tell(at, tools);
};

const note = ({ sources, violations }: Intake, { kind, id }: Caller, taken: Taken, at: number): void => {
  if (kind === 'write') sources.set(id, addSeen(sources.get(id), seenIn(taken, at)));
  for (const one of taken.violations) violations.set(one.type, noteViolation(violations.get(one.type), one, at));
};

const seenIn = ({ fresh, rejected, violations, fault }: Taken, at: number): Seen => {
  let quarantined = 0;
  for (const event of fresh) if (event.quarantine !== undefined) quarantined += 1;
  const counts = { accepted: fresh.length, rejected, quarantined, violations: violations.length };
  const wrong = fault ?? violations[0]?.faults[0];
  return { counts, at, ...(wrong ? { error: { ...wrong, at: new Date(at).toISOString() } } : {}) };
};

/** What comes meanwhile is counted anew. */
const tell = async (at: number, { intake, sourceActivity, planViolations }: MeterTools): Promise<void> => {
  const { sources, violations } = intake;
  Object.assign(intake, { sources: new Map(), violations: new Map(), toldAt: at, telling: true });
  try {
    for (const [id, seen] of sources) {
      await addOrChange(id, sourceActivity, before => countActivity(before, id, seen));
      sources.delete(id);
    }
    for (const [type, counted] of violations) {
      await addOrChange(type, planViolations, before => countViolations(before, type, counted));
      violations.delete(type);
    }
  } finally {
    for (const [id, seen] of sources) intake.sources.set(id, addSeen(seen, intake.sources.get(id)));
    for (const [type, counted] of violations) putBack(intake, type, counted);
    intake.telling = false;
  }
};

const putBack = ({ violations }: Intake, type: string, counted: CountedViolations): void => {
  const meanwhile = violations.get(type);
  violations.set(type, meanwhile ? addViolations(meanwhile, counted) : counted);
};
