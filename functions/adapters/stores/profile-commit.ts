import type { ProfileState } from '../../../core/model/profile-state.ts';
import { ProfileChanged, type ProfileCommit } from '../../../core/ports/profile-store.ts';
import { type Condition, ConditionRefused, type Item, type Table, type Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { consentItems } from './consent-ledger.ts';
import { chunkItems } from './event-chunks.ts';
import { createProfile } from './profile-create.ts';
import { packFingerprints, packHead, personItem, unpackHead } from './profile-items.ts';
import { claimPuts, newClaims, transactClaims } from './profile-transaction.ts';

/** A head carries this many fingerprints; when it would carry more, the committed ones move to a page. */
const ringLengthMax = 64;

const liveAt = (version: number): Condition[] => [
  { attribute: 'h.version', is: '=', value: version },
  { attribute: 'h.life', is: '=', value: 'live' },
];

/**
 * Commits a new state in place of the one that was read: chunk first, page if the ring is full, head last. Whatever a
 * crash leaves behind before the head is changed is named by nobody and hence invisible. A new profile is one
 * transaction with all it has, so that a loser of a race leaves nothing of a person behind.
 *
 * @throws IdentifierTaken @throws ProfileChanged
 */
export const commitProfile = async (table: Table, commit: ProfileCommit, attempt: string): Promise<void> => {
  const chunks = chunksOf(commit, attempt);
  const after = withRoom(commit, chunks.at(-1)?.sk ?? commit.before.head.lastChunk);
  if (commit.before.head.version === 0) return createProfile(table, { ...commit, after }, chunks);
  if (chunks.length > 0) await table.writeMany(chunks.map(item => ({ kind: 'put', item })));
  if (after.head.pages > commit.before.head.pages) await writePage(table, commit.before);
  if (after.person.version === commit.before.person.version) return commitHead(table, commit.before, after, chunks);
  return commitWhole(table, commit.before, after);
};

const chunksOf = ({ before, after, events = [] }: ProfileCommit, attempt: string): Item[] =>
  events.length === 0
    ? []
    : chunkItems({
        profileId: after.id,
        version: after.head.version,
        attempt,
        previous: before.head.lastChunk,
        events,
        at: after.head.updatedAt,
      });

const withRoom = ({ before, after }: ProfileCommit, lastChunk: string | undefined): ProfileState => {
  const spills = after.head.ring.length > ringLengthMax && before.head.ring.length > 0;
  const ring = spills ? after.head.ring.slice(before.head.ring.length) : after.head.ring;
  const pages = before.head.pages + (spills ? 1 : 0);
  return { ...after, head: { ...after.head, ring, pages, ...(lastChunk === undefined ? {} : { lastChunk }) } };
};

/** The committed ring becomes a page; one of an older version, left by a loser of a race, is replaced. */
const writePage = async (table: Table, { id, head }: ProfileState): Promise<void> => {
  const item = { ...keys.page(id, head.pages), v: head.version, f: packFingerprints(head.ring) };
  try {
    await table.write({ kind: 'put', item, when: [{ attribute: 'pk', is: 'absent' }] });
  } catch (refusal) {
    if (!(refusal instanceof ConditionRefused)) throw refusal;
    await replaceOlderPage(table, item, head.version);
  }
};

const replaceOlderPage = async (table: Table, item: Item, version: number): Promise<void> => {
  try {
    await table.write({ kind: 'put', item, when: [{ attribute: 'v', is: '<=', value: version }] });
  } catch (refusal) {
    throw refusal instanceof ConditionRefused ? new ProfileChanged(item.pk) : refusal;
  }
};

/**
 * The one write of the usual window: events, but nothing new about the person. A refusal may come from this very
 * write, when its first answer was lost and the SDK sent it again: the chunk that only this try has put tells.
 */
const commitHead = async (
  table: Table,
  before: ProfileState,
  after: ProfileState,
  chunks: readonly Item[],
): Promise<void> => {
  const key = keys.head(after.id);
  try {
    await table.write({ kind: 'update', key, set: { h: packHead(after.head) }, when: liveAt(before.head.version) });
  } catch (refusal) {
    if (!(refusal instanceof ConditionRefused)) throw refusal;
    const there = chunks.length > 0 ? await table.get(key, true) : undefined;
    if (!there || unpackHead(there).lastChunk !== chunks.at(-1)?.sk) throw new ProfileChanged(after.id);
  }
};

const commitWhole = (table: Table, before: ProfileState, after: ProfileState): Promise<void> => {
  const claims = newClaims(before, after);
  const person = personItem(after.id, after.head.createdAt, after.person);
  const writes: Write[] = [
    { kind: 'update', key: keys.head(after.id), set: { h: packHead(after.head) }, when: liveAt(before.head.version) },
    { kind: 'put', item: person, when: [{ attribute: 'a.version', is: '=', value: before.person.version }] },
    ...claimPuts(claims, after.id),
    ...consentItems(before, after).map(item => ({ kind: 'put' as const, item })),
  ];
  return transactClaims(table, writes, after.id);
};
