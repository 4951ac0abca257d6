import type { Quarantine } from '../../../core/ports/outlets.ts';
import type { Table, Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const keepDays = 30;

/** Keyed by the event's own id, so that a repeat changes nothing. */
export const tableQuarantine = (table: Table): Quarantine => ({
  add: events =>
    table.writeMany(
      events.map(({ event, reason }) => ({
        kind: 'put',
        item: {
          ...keys.quarantined(event.receivedAt.slice(0, 10), event.id),
          reason,
          e: event as unknown as Value,
          ttl: Math.floor(Date.parse(event.receivedAt) / 1000) + keepDays * 86_400,
        },
      })),
    ),
});
