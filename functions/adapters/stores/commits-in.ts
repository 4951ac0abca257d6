import type { MergeRecord } from '../../../core/model/merge-record.ts';
import type { ProfilePair } from '../../../core/model/profile-pair.ts';
import type { ProfileTie } from '../../../core/model/profile-tie.ts';
import type { Commit, DocumentKind } from '../../../core/ports/commit.ts';
import type { Membership } from '../../../core/ports/membership-store.ts';
import type { Item } from '../../../core/ports/table.ts';
import type { TableChange } from '../../../core/ports/table-change.ts';
import { isSuppression, keys, profileIdIn, quarantineDayIn } from './access-patterns.ts';
import { unpackHead, unpackPerson } from './profile-items.ts';

const documentKinds: ReadonlyMap<string, DocumentKind> = new Map([
  [keys.segment('').pk, 'segment'],
  [keys.audience('').pk, 'audience'],
  [keys.trait('').pk, 'trait'],
  [keys.job('').pk, 'job'],
  [keys.webhook('').pk, 'webhook'],
]);

/** Reads the items of both images, where there are any. */
const both = <State>({ before, after }: TableChange, read: (item: Item) => State) => ({
  before: before && read(before),
  after: after && read(after),
});

const membershipIn = (item: Item): Membership => item.m as unknown as Membership;

/** What is gone stands in no list any more. */
const whyAside = (item: Item | undefined): string | undefined =>
  item?.lpk === undefined ? undefined : String(item.reason);

/** A document that only waited for what it needs begins with what comes after. */
const isNew = (before: Item | undefined): boolean =>
  before === undefined || (before.d as { status?: unknown } | undefined)?.status === 'waiting';

/** Of somebody whom nobody knew yet there is nothing to look at again. */
const suppressionIn = (item: Item, sequence: string): Commit | undefined => {
  const { profileId } = item.s as { profileId?: string };
  return profileId === undefined ? undefined : { kind: 'suppression', sequence, profileId };
};

/** The record itself tells; what leads to it, and the images beside it, tell nothing. */
const mergeIn = ({ r }: Item, sequence: string): Commit | undefined => {
  if (r === undefined) return undefined;
  const { id: mergeId, status } = r as unknown as Pick<MergeRecord, 'id' | 'status'>;
  return { kind: 'merge', sequence, mergeId, status };
};

const commitIn = (change: TableChange): Commit | undefined => {
  const { sequence, before, after } = change;
  const key = after ?? before;
  if (!key) return undefined;
  const document = documentKinds.get(key.pk);
  if (document) {
    const isNewNow = isNew(before);
    return { kind: 'document', sequence, document, id: key.sk, isNew: isNewNow, ...both(change, item => item.d) };
  }
  const day = quarantineDayIn(key.pk);
  if (day !== undefined)
    return { kind: 'quarantined', sequence, day, eventId: key.sk, before: whyAside(before), after: whyAside(after) };
  if (isSuppression(key.pk)) return suppressionIn(key, sequence);
  const profileId = profileIdIn(key.pk);
  if (profileId === undefined) return undefined;
  if (key.sk === keys.head('').sk) return { kind: 'head', sequence, profileId, ...both(change, unpackHead) };
  if (key.sk === keys.person('').sk) return { kind: 'person', sequence, profileId, ...both(change, unpackPerson) };
  if (key.sk.startsWith('M#')) return after && mergeIn(after, sequence);
  if (key.sk.startsWith('X#')) return { kind: 'membership', sequence, ...both(change, membershipIn) };
  if (key.sk.startsWith('G#')) return tieIn(change);
  if (key.sk.startsWith('K#') && key.lpk !== undefined)
    return { kind: 'pair', sequence, ...both(change, item => item.d as unknown as ProfilePair) };
  return undefined;
};

/** A tie comes to be once. */
const tieIn = ({ sequence, before, after }: TableChange): Commit | undefined => {
  if (before || !after) return undefined;
  const { profileId, otherId } = after.d as unknown as ProfileTie;
  return { kind: 'tie', sequence, profileId, otherId };
};

/** What the changes in a batch of the table's stream mean, in their order. */
export const commitsIn = (changes: readonly TableChange[]): Commit[] =>
  changes.flatMap(change => commitIn(change) ?? []);
