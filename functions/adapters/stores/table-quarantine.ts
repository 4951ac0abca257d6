import type { Quarantine } from '../../../core/ports/outlets.ts';
import type { Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { quarantineDays } from './quarantined-events.ts';

/** Keyed by the event's own id, so that a repeat changes nothing; as text, because properties may hold what no item can. */
export const tableQuarantine = (table: Table): Quarantine => ({
  add: events =>
    table.writeMany(
      events.map(({ event, reason }) => ({
        kind: 'put',
        item: {
          ...keys.quarantined(event.receivedAt.slice(0, 10), event.id),
          reason,
          e: JSON.stringify(event),
          ttl: Math.floor(Date.parse(event.receivedAt) / 1000) + quarantineDays * 86_400,
        },
      })),
    ),
});
