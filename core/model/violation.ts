import type { ProblemDetail } from '../errors.ts';

/** An event that is not as the tracking plan says. */
export interface Violation {
  eventId: string;
  type: string;
  /** Of the schema that it was held against. */
  schemaVersion: number;
  /** Never empty. */
  faults: ProblemDetail[];
}

/** One of the events that broke a schema lately. */
export interface ViolationExample {
  eventId: string;
  /** ISO 8601. */
  at: string;
  path: string;
  reason: string;
}

/** How often events of a type broke its schema, since that version of it; `id` is the type. */
export interface PlanViolations {
  id: string;
  version: number;
  schemaVersion: number;
  count: number;
  lastAt: string;
  /** Newest first. */
  examples: ViolationExample[];
}
