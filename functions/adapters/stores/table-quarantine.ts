import type { EventPatch } from '../../../core/model/event-patch.ts';
import type { QuarantineStore } from '../../../core/ports/quarantine.ts';
import { ConditionRefused, type Table, type Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { addAside } from './add-aside.ts';
import { listKeyOf } from './quarantine-items.ts';
import { findQuarantined, listQuarantined, pageOfQuarantine } from './quarantine-list.ts';
import { quarantinedOf } from './quarantined-events.ts';

const patchDays = 7;

const whether = async (table: Table, write: Write): Promise<boolean> => {
  try {
    await table.write(write);
    return true;
  } catch (refusal) {
    if (refusal instanceof ConditionRefused) return false;
    throw refusal;
  }
};

/**
 * One item for each event, by the event's own id and the day of its receipt. Every change wants the state and the number
 * of tries that were read, so that of several who are at it at the same time one has its way.
 */
export const tableQuarantine = (table: Table, now: () => number = Date.now): QuarantineStore => ({
  add: aside => addAside(table, aside, now()),
  list: query => listQuarantined(table, query),
  page: (partition, limit, after) => pageOfQuarantine(table, { partition, limit, after, now: now() }),
  find: ids => findQuarantined(table, ids, now()),
  heldOf: async (person, reason) =>
    (await quarantinedOf(table, person, now())).flatMap(item =>
      item.state === 'held' && item.reason === reason ? [item.sk] : [],
    ),

  stay: ({ id, day, tries, event }, reason, jobId) =>
    whether(table, {
      kind: 'update',
      key: keys.quarantined(day, id),
      set: { reason, tries: tries + 1, jobId, outcome: 'stayed', lsk: listKeyOf(event, reason).lsk },
      when: stillAt('held', tries),
    }),

  release: ({ id, day, tries, state }, mended, jobId) =>
    whether(table, {
      kind: 'update',
      key: keys.quarantined(day, id),
      set: {
        state: 'leaving',
        tries: mended.redrive?.attempt ?? tries,
        mended: JSON.stringify(mended),
        jobId,
        outcome: 'sent',
      },
      when: stillAt(state, tries),
    }),

  letGo: async ({ id, day }, attempt) => {
    await whether(table, {
      kind: 'update',
      key: keys.quarantined(day, id),
      set: { state: 'gone' },
      remove: ['lpk', 'lsk', 'e', 'mended', 'reason', 'at', 'batchId'],
      when: stillAt('leaving', attempt),
    });
  },

  keepingPatch: (jobId, patch) => ({
    kind: 'put',
    item: {
      ...keys.redrivePatch(jobId),
      patch: JSON.stringify(patch),
      ttl: Math.floor(now() / 1000) + patchDays * 86_400,
    },
  }),

  patchOf: async jobId => {
    const item = await table.get(keys.redrivePatch(jobId), true);
    return item && (JSON.parse(String(item.patch)) as EventPatch);
  },
});

const stillAt = (state: string, tries: number) => [
  { attribute: 'state', is: '=' as const, value: state },
  { attribute: 'tries', is: '=' as const, value: tries },
];
