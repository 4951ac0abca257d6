import type { Route, Scope } from '../../core/contract/route.ts';
import { routeWiring, type Wiring } from '../wiring.ts';

/** What a scope grants by itself. A read keeps an audit entry; ingestion checks its own key and puts events. */
const byScope = {
  public: { table: 'read' },
  ingest: { table: 'read', limits: true, secret: true, putsEvents: true },
  read: { table: 'audited-read', audits: true },
  write: { table: 'read-write', audits: true },
  privacy: { table: 'read-write', audits: true },
  admin: { table: 'read-write', audits: true },
} as const satisfies Record<Scope, Wiring>;

/** The rights of a route's function: by scope, then its exceptions. */
export const scopeWiring = (route: Pick<Route, 'id' | 'scope'>): Wiring => ({
  ...byScope[route.scope],
  ...routeWiring[route.id],
});
