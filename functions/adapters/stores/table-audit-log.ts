import { createHmac, randomInt } from 'node:crypto';
import { entryText, outcomeText } from '../../../core/engines/audit/check-links.ts';
import { unavailable } from '../../../core/errors.ts';
import {
  type AppendedEntry,
  type AuditLink,
  auditLanes,
  type Seal,
  type Sealed,
} from '../../../core/model/audit-chain.ts';
import type { AuditCall } from '../../../core/model/audit-entry.ts';
import type { AuditLog } from '../../../core/ports/audit-log.ts';
import { type Condition, ConditionRefused, everyItem, type Item, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** Somebody wins every race, and there are other lanes. */
const triesMax = 64;

/** How far a lane has come, as far as this process knows. */
interface LaneHead {
  day: string;
  count: number;
  seal: string;
}

/** It is there and has no outcome yet. */
const openEntry: Condition[] = [
  { attribute: 'e', is: 'present' },
  { attribute: 'o', is: 'absent' },
];

const known: ReadonlySet<string> = new Set(['pk', 'sk', 'e', 'm', 'o', 'om']);

const sealedIn = (text: unknown, seal: unknown): Sealed => ({ text: String(text ?? ''), seal: String(seal ?? '') });

const linkOf = (item: Item): AuditLink => ({
  index: /^\d{12}$/.test(item.sk) ? Number(item.sk) : -1,
  entry: sealedIn(item.e, item.m),
  outcome: item.o === undefined && item.om === undefined ? undefined : sealedIn(item.o, item.om),
  strange: Object.keys(item).some(name => !known.has(name)),
});

/**
 * Entries by day and lane, each put only where none stands. A process keeps in mind where the lanes that it wrote to
 * ended, and looks only where somebody else has written since: most entries cost one write. No function may delete one.
 */
export const tableAuditLog = (table: Table, readKey: () => Promise<Uint8Array>): AuditLog => {
  const heads = new Map<number, LaneHead>();
  const hashed = async (): Promise<Seal> => {
    const key = await readKey();
    return text => createHmac('sha256', key).update(text).digest('base64url');
  };
  const newest = async (day: string, lane: number, before: number | undefined, limit: number) => {
    if (before === 0) return [];
    const { pk } = keys.audit(day, lane, 0);
    const range = before === undefined ? {} : { to: keys.audit(day, lane, before - 1).sk };
    return (await table.query({ pk, ...range, descending: true, limit, consistent: true })).items.map(linkOf);
  };
  const headOf = async (day: string, lane: number): Promise<LaneHead> => {
    const head = heads.get(lane);
    if (head?.day === day) return head;
    const [last] = await newest(day, lane, undefined, 1);
    return { day, count: last ? last.index + 1 : 0, seal: last?.entry.seal ?? '' };
  };
  const put = async (call: AuditCall, lane: number, seal: Seal): Promise<AppendedEntry | undefined> => {
    const day = call.at.slice(0, 10);
    const head = await headOf(day, lane);
    const place = { day, lane, index: head.count };
    const text = JSON.stringify(call);
    const own = seal(entryText(place, head.seal, text));
    const item = { ...keys.audit(day, lane, place.index), e: text, m: own };
    try {
      await table.write({ kind: 'put', item, when: [{ attribute: 'pk', is: 'absent' }] });
    } catch (fault) {
      heads.delete(lane);
      if (!(fault instanceof ConditionRefused)) throw fault;
      /** An answer may be lost, and the write refused by its own first try. */
      if ((await table.get(keys.audit(day, lane, place.index), true))?.m !== own) return undefined;
    }
    heads.set(lane, { day, count: place.index + 1, seal: own });
    return { ...place, seal: own };
  };
  return {
    append: async call => {
      const seal = await hashed();
      for (let tries = 0; tries < triesMax; tries += 1) {
        const place = await put(call, randomInt(auditLanes), seal);
        if (place) return place;
      }
      throw unavailable('The audit log');
    },
    close: async (place, outcome) => {
      const key = keys.audit(place.day, place.lane, place.index);
      const text = JSON.stringify(outcome);
      const own = (await hashed())(outcomeText(place, place.seal, text));
      try {
        await table.write({ kind: 'update', key, set: { o: text, om: own }, when: openEntry });
      } catch (fault) {
        if (!(fault instanceof ConditionRefused) || (await table.get(key, true))?.om !== own) throw fault;
      }
    },
    newest,
    links: async function* (day, lane, from = 0) {
      const range = { pk: keys.audit(day, lane, 0).pk, from: from === 0 ? '' : keys.audit(day, lane, from).sk };
      for await (const item of everyItem(table, { ...range, consistent: true })) yield linkOf(item);
    },
    seal: hashed,
    pseudonym: async text => `named-${(await hashed())(`subject ${text}`).slice(0, 22)}`,
  };
};
