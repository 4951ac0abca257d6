import type { Handover, PairChange, StateChange } from '../../../core/ports/merge-store.ts';
import type { Condition, Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { historyPuts } from './attribute-history.ts';
import { recordWrites } from './merge-items.ts';
import { packHead, personItem } from './profile-items.ts';
import { absent } from './profile-transaction.ts';
import { recentPuts } from './table-recent-profiles.ts';

const equal = (attribute: string, value: string | number): Condition => ({ attribute, is: '=', value });

/** A head as it was read: nobody has changed it since. */
export const headWrite = ({ before, after }: StateChange): Write => ({
  kind: 'update',
  key: keys.head(after.id),
  set: { h: packHead(after.head) },
  when: [equal('h.version', before.head.version), equal('h.life', before.head.life)],
});

/** Whoever is merged has no person of its own, and stands in no list. */
const personWrite = ({ before, after }: StateChange): Write => {
  const when = before.head.life === 'live' ? [equal('a.version', before.person.version)] : absent;
  return after.head.life === 'live'
    ? { kind: 'put', item: personItem(after.id, after.head.createdAt, after.person), when }
    : { kind: 'delete', key: keys.person(after.id), when };
};

export const claimWrite = (key: string, { from, to }: Handover): Write => ({
  kind: 'put',
  item: { ...keys.claim(key), profileId: to },
  when: [equal('profileId', from)],
});

/** Whoever was a part of the one is a part of the other: no chain is longer than one step. */
export const memberWrite = (member: string, { from, to }: Handover): Write => ({
  kind: 'update',
  key: keys.head(member),
  set: { 'h.mergedInto': to },
  add: { 'h.version': 1 },
  when: [equal('h.life', 'merged'), equal('h.mergedInto', from)],
});

export const handoverWrites = (handover: Handover): Write[] => [
  ...handover.claims.map(key => claimWrite(key, handover)),
  ...handover.members.map(member => memberWrite(member, handover)),
];

/** Time flips nothing of whoever was merged. */
const timerWrites = ({ after }: StateChange): Write[] =>
  after.head.life === 'live' ? [] : [{ kind: 'delete', key: keys.flipTimer(after.id) }];

/** Both profiles, noted as changed a moment ago, and their record. */
export const pairWrites = ({ record, primary, secondary }: PairChange): Write[] => [
  headWrite(primary),
  headWrite(secondary),
  personWrite(primary),
  personWrite(secondary),
  ...timerWrites(secondary),
  ...recordWrites(record),
  ...historyPuts({ ...primary, actor: record.reason.by }),
  ...recentPuts({ ...primary, recent: true }),
  ...recentPuts({ ...secondary, recent: true }),
];
