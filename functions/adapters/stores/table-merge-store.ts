import { randomUUID } from 'node:crypto';
import type { MergeRecord, MergeSummary } from '../../../core/model/merge-record.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { Handover, MergePage, MergeStore, PairChange } from '../../../core/ports/merge-store.ts';
import { listPartitions, ProfileChanged } from '../../../core/ports/profile-store.ts';
import { everyItem, type Table, TransactionRefused, type Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { cleanParted } from './clean-parted.ts';
import { memberHeads } from './member-heads.ts';
import { recordIn, recordWrites, summaryIn } from './merge-items.ts';
import { claimWrite, handoverWrites, headWrite, memberWrite, pairWrites } from './pair-writes.ts';
import { newestOf } from './profile-list.ts';
import { stagePast } from './stage-past.ts';

const transactionMax = 100;

/**
 * Merges in the single table: records beside the surviving profile, and what leads to them. What takes more than
 * `writesMax` writes is done in steps.
 */
export const tableMergeStore = (
  table: Table,
  attemptId: () => string = randomUUID,
  writesMax = transactionMax,
): MergeStore => ({
  get: id => readRecord(table, id),
  page: ({ profileId, limit, cursor }) =>
    profileId === undefined ? newestMerges(table, limit, cursor) : mergesOf(table, profileId, limit, cursor),
  fitsOneCommit: change => pairWrites(change).length + handoverWrites(change.handover).length <= writesMax,
  hold: async (record, states) => {
    checkFree(record.id, states);
    const held = states.map(state => heldBy(record.id, state));
    await transact(table, [
      ...states.flatMap((before, index): Write[] => {
        const after = held[index];
        return after ? [headWrite({ before, after })] : [];
      }),
      ...recordWrites(record),
    ]);
    return held;
  },
  handOver: handover => handOver(table, handover),
  commit: async (change: PairChange, handedOver = false) => {
    checkFree(change.record.id, [change.primary.before, change.secondary.before]);
    await transact(table, [...pairWrites(change), ...(handedOver ? [] : handoverWrites(change.handover))]);
  },
  stage: past => stagePast(table, past, attemptId()),
  clean: record => cleanParted(table, record),
});

/** Whoever is held waits for that merge alone. */
const checkFree = (mergeId: string, states: readonly ProfileState[]): void => {
  const held = states.find(({ head }) => head.hold !== undefined && head.hold !== mergeId);
  if (held) throw new ProfileChanged(held.id);
};

const heldBy = (mergeId: string, { id, head, person }: ProfileState): ProfileState => ({
  id,
  head: { ...head, version: head.version + 1, hold: mergeId },
  person,
});

const transact = async (table: Table, writes: Write[]): Promise<void> => {
  try {
    await table.transact(writes);
  } catch (refusal) {
    throw refusal instanceof TransactionRefused ? new ProfileChanged(refusal.message) : refusal;
  }
};

const readRecord = async (table: Table, id: string): Promise<MergeRecord | undefined> => {
  const place = await table.get(keys.mergePlace(id), true);
  if (!place) return undefined;
  const { profileId } = summaryIn(place);
  const own = keys.merge(profileId, id);
  const items = await table.getMany(
    [own, keys.merge(profileId, id, 'primary'), keys.merge(profileId, id, 'secondary')],
    true,
  );
  const item = items.find(({ sk }) => sk === own.sk);
  return item?.r === undefined ? undefined : recordIn(item, items);
};

const everyPartition = Array.from({ length: listPartitions }, (_, partition) => keys.mergePartition(partition));

const newestMerges = async (table: Table, limit: number, cursor: string | undefined): Promise<MergePage> => {
  const { items, next } = await newestOf(table, everyPartition, limit, cursor);
  const wanted = items.map(({ lsk }) => keys.mergePlace(String(lsk)));
  const places = await table.getMany(wanted, true);
  const known = new Map(places.map(place => [place.pk, summaryIn(place)]));
  return {
    items: wanted.flatMap(({ pk }) => known.get(pk) ?? []),
    ...(next === undefined ? {} : { nextCursor: next }),
  };
};

const mergesOf = async (
  table: Table,
  profileId: string,
  limit: number,
  cursor: string | undefined,
): Promise<MergePage> => {
  const found: MergeSummary[] = [];
  for await (const item of everyItem(table, { pk: keys.profile(profileId), prefix: 'M#', consistent: true }))
    if (item.r !== undefined || item.s !== undefined) found.push(summaryIn(item));
  const older = found
    .filter(({ id }) => cursor === undefined || id < cursor)
    .sort((left, right) => (left.id < right.id ? 1 : -1));
  const items = older.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(last && older.length > limit ? { nextCursor: last.id } : {}) };
};

/** Of each claim and member it is asked first with whom it is: what was handed over before is left alone. */
const handOver = async (table: Table, handover: Handover): Promise<void> => {
  const { from, claims, members } = handover;
  const items = await table.getMany(claims.map(keys.claim), true);
  const heads = await memberHeads(table, members);
  const open = [
    ...items.filter(({ profileId }) => profileId === from).map(({ pk }) => claimWrite(pk.slice('I#'.length), handover)),
    ...[...heads].filter(([, { mergedInto }]) => mergedInto === from).map(([member]) => memberWrite(member, handover)),
  ];
  for (let first = 0; first < open.length; first += transactionMax)
    await transact(table, open.slice(first, first + transactionMax));
};
