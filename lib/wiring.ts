import type { RouteTable } from '../core/contract/index.ts';
import type { MessageId } from '../core/contract/messages.ts';
import type { ScheduleId, StreamConsumerId } from '../core/contract/workers.ts';

/** What a function may do, and how large it is, beyond what follows from its contract. */
export interface Wiring {
  /** Rights on the table and its list index; for a route they follow from its scope when absent. */
  table?: 'read' | 'audited-read' | 'read-write';
  /** Rights on the objects of the lake. */
  lake?: 'read' | 'read-write';
  /** Rights on what is uploaded and downloaded. */
  transfers?: 'read' | 'read-write';
  /** Reads the platform secret, from which keys and tokens are derived, and the edge's origin secret. */
  secret?: true;
  /** Puts records on the event stream. */
  putsEvents?: true;
  /** Sends to these queues. */
  sends?: readonly MessageId[] | 'all';
  /** Reads the depth of every queue and the position of the event stream. */
  observes?: true;
  memoryMegabytes?: number;
  timeoutSeconds?: number;
}

/** Exceptions of routes. Everything else about a route follows from its contract. */
const routeExceptions = {
  createApiKey: { secret: true },
  createAudience: { secret: true },
  getPipeline: { observes: true },
  trackEvent: { sends: ['foldSpilledEvents'] },
  trackEvents: { sends: ['foldSpilledEvents'] },
  getBatch: { secret: true },
} as const satisfies Partial<Record<keyof RouteTable, Wiring>>;

/** The exceptions of a route, by its id. */
export const routeWiring: Readonly<Record<string, Wiring>> = routeExceptions;

/** Exceptions of what streams, queues and schedules drive. */
export const workerWiring = {
  foldEvents: { table: 'read-write' },
  evaluate: {
    table: 'read',
    sends: [
      'reevaluateProfile',
      'syncAudienceMember',
      'evaluateSegment',
      'syncAudience',
      'sweepProfile',
      'reconcileProfiles',
      'redriveEvents',
      'clearSegment',
    ],
  },
  project: { table: 'read-write' },
  reevaluateProfile: { table: 'read-write' },
  evaluateSegment: { table: 'read-write', sends: ['reevaluateProfile', 'evaluateSegment'] },
  syncAudienceMember: { table: 'read-write', secret: true, sends: ['syncAudienceMember'] },
  syncAudience: { table: 'read-write', sends: ['syncAudienceMember', 'syncAudience'] },
  sweepProfile: { table: 'read-write', sends: ['syncAudienceMember'] },
  foldSpilledEvents: { table: 'read-write' },
  reconcileProfiles: { table: 'read-write', sends: ['reconcileProfiles'] },
  clearSegment: { table: 'read-write', sends: ['clearSegment'] },
  redriveEvents: { table: 'read-write', putsEvents: true, sends: ['redriveEvents', 'foldSpilledEvents'] },
  tick: { table: 'read-write', sends: 'all' },
} as const satisfies Record<StreamConsumerId | MessageId | ScheduleId, Wiring>;
