import { type MergedPair, type MergeRecord, type MergeSummary, summaryOf } from '../../../core/model/merge-record.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { Item, Value, Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { headItem, personItem, unpackHead, unpackPerson } from './profile-items.ts';

const sides = ['primary', 'secondary'] as const;

const asValue = (value: unknown): Value => value as Value;

const imageItem = (record: MergeRecord, side: (typeof sides)[number], { id, head, person }: ProfileState): Item => ({
  ...keys.merge(record.profileId, record.id, side),
  id,
  h: asValue(headItem(id, head).h),
  a: asValue(personItem(id, head.createdAt, person).a),
});

/** What a record is kept in: itself, both images as long as it can be undone, and what leads to it. */
export const recordWrites = (record: MergeRecord): Write[] => {
  const { before, ...rest } = record;
  const summary = asValue(summaryOf(record));
  return [
    { kind: 'put', item: { ...keys.merge(record.profileId, record.id), r: asValue(rest) } },
    { kind: 'put', item: { ...keys.merge(record.mergedId, record.id), s: summary } },
    { kind: 'put', item: { ...keys.mergePlace(record.id), ...keys.mergeList(record.id), s: summary } },
    ...sides.map(
      (side): Write =>
        before
          ? { kind: 'put', item: imageItem(record, side, before[side]) }
          : { kind: 'delete', key: keys.merge(record.profileId, record.id, side) },
    ),
  ];
};

export const summaryIn = (item: Item): MergeSummary => {
  if (item.s !== undefined) return item.s as unknown as MergeSummary;
  return summaryOf(item.r as unknown as MergeRecord);
};

const stateIn = (item: Item): ProfileState => ({
  id: String(item.id),
  head: unpackHead(item),
  person: unpackPerson(item),
});

export const recordIn = (item: Item, images: readonly Item[]): MergeRecord => {
  const record = item.r as unknown as MergeRecord;
  const [primary, secondary] = sides.map(side => images.find(({ sk }) => sk.endsWith(`#${side}`)));
  const before: MergedPair | undefined =
    primary && secondary ? { primary: stateIn(primary), secondary: stateIn(secondary) } : undefined;
  return { ...record, ...(before ? { before } : {}) };
};
