import { inLanes } from '../../../core/model/in-lanes.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import {
  type CommitRefusal,
  IdentifierTaken,
  ProfileChanged,
  type ProfileCommit,
} from '../../../core/ports/profile-store.ts';
import type { Condition, Item, Table, Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { historyPuts } from './attribute-history.ts';
import { consentItems } from './consent-ledger.ts';
import { chunkItems } from './event-chunks.ts';
import { pageItem, type Spill, spillOf, writePages } from './fingerprint-pages.ts';
import { headNaming } from './head-naming.ts';
import { orderWrites } from './orders.ts';
import { createProfile } from './profile-create.ts';
import { packHead, personItem, unpackHead } from './profile-items.ts';
import { claimPuts, newClaims, releasedClaims, transactClaims } from './profile-transaction.ts';
import { recentPuts } from './table-recent-profiles.ts';

const transactionLanes = 32;

/** A commit with all that is to be there before the head is changed. */
interface Prepared {
  before: ProfileState;
  after: ProfileState;
  commit: ProfileCommit;
  chunks: Item[];
  /** Those of a new profile. */
  pageItems: Item[];
}

/** The state as it was to stand, and why it does not where it was refused. */
export interface CommitEnd {
  after: ProfileState;
  refusal: CommitRefusal | undefined;
}

/**
 * Commits new states in place of those that were read: chunks and pages first, heads last. Whatever a crash leaves
 * behind before a head is changed is named by nobody and hence invisible. A new profile is one transaction with all it
 * has, so that a loser of a race leaves nothing of a person behind; so is a change of the person. All other heads go
 * together, each with its own condition. Tells why each was refused.
 */
export const commitProfiles = async (
  table: Table,
  commits: readonly ProfileCommit[],
  attemptId: () => string,
): Promise<CommitEnd[]> => {
  const isHeld = ({ before }: ProfileCommit) => before.head.hold !== undefined;
  const ends = await commitFree(
    table,
    commits.filter(commit => !isHeld(commit)),
    attemptId,
  );
  return commits.map(commit =>
    isHeld(commit) ? { after: commit.after, refusal: new ProfileChanged(commit.after.id) } : takenFrom(ends),
  );
};

const takenFrom = (ends: CommitEnd[]): CommitEnd => {
  const end = ends.shift();
  if (!end) throw new Error('every commit has an end');
  return end;
};

/** Of profiles for which nobody else has to wait. */
const commitFree = async (
  table: Table,
  commits: readonly ProfileCommit[],
  attemptId: () => string,
): Promise<CommitEnd[]> => {
  const prepared = await prepare(table, commits, attemptId);
  const refusals = new Map<Prepared, CommitRefusal | undefined>();
  const changesHeadOnly = ({ before, after, commit }: Prepared) =>
    before.head.version > 0 &&
    after.person.version === before.person.version &&
    orderWrites(commit).length === 0 &&
    commit.recent !== true;
  const heads = prepared.filter(changesHeadOnly);
  const [headEnds] = await Promise.all([
    commitHeads(table, heads),
    inLanes(
      prepared.filter(one => !changesHeadOnly(one)),
      transactionLanes,
      async one => refusals.set(one, await refusalOf(() => commitWhole(table, one))),
    ),
  ]);
  heads.forEach((one, index) => {
    refusals.set(one, headEnds[index]);
  });
  return prepared.map(one => ({ after: one.after, refusal: refusals.get(one) }));
};

/** Writes the chunks and pages of profiles that are there; a new one takes its own into the transaction. */
const prepare = async (
  table: Table,
  commits: readonly ProfileCommit[],
  attemptId: () => string,
): Promise<Prepared[]> => {
  const drafts = commits.map(
    (commit): Draft => ({ commit, chunks: chunksOf(commit, attemptId()), spill: spillOf(commit) }),
  );
  const standing = drafts.filter(({ commit }) => commit.before.head.version > 0);
  const chunks = standing.flatMap(draft => draft.chunks);
  const [pagesAfter] = await Promise.all([
    writePages(table, standing.map(pagesOf)),
    chunks.length > 0 ? table.writeMany(chunks.map(item => ({ kind: 'put', item }))) : undefined,
  ]);
  const pages = new Map(standing.map((draft, index) => [draft, pagesAfter[index] ?? 0]));
  return drafts.map(draft => preparedOf(draft, pages.get(draft)));
};

interface Draft {
  commit: ProfileCommit;
  chunks: Item[];
  spill: Spill;
}

const pagesOf = ({ commit: { before, after }, spill }: Draft) => ({
  profileId: after.id,
  next: before.head.pages,
  pages: spill.pages,
});

/** `pages`: how many the profile has then; those of a new one are still to be written. */
const preparedOf = ({ commit, chunks, spill }: Draft, pages = spill.pages.length): Prepared => {
  const { before, after } = commit;
  const head = headNaming({ before, after, spill, pages, chunks });
  const newPages = before.head.version > 0 ? [] : spill.pages;
  const pageItems = newPages.map((page, number) => pageItem(after.id, number, page));
  return { before, after: { ...after, head }, commit, chunks, pageItems };
};

const chunksOf = ({ before, after, events = [], edit, again = false }: ProfileCommit, attempt: string): Item[] =>
  chunkItems({
    profileId: after.id,
    version: after.head.version,
    attempt,
    previous: before.head.lastChunk,
    events,
    edit: before.head.members ? edit : undefined,
    again,
    at: after.head.updatedAt,
  });

const liveAt = (version: number): Condition[] => [
  { attribute: 'h.version', is: '=', value: version },
  { attribute: 'h.life', is: '=', value: 'live' },
];

const headUpdate = ({ before, after }: Prepared) => ({
  kind: 'update' as const,
  key: keys.head(after.id),
  set: { h: packHead(after.head) },
  when: liveAt(before.head.version),
});

/**
 * The writes of the usual window: events, but nothing new about the people. A refusal may come from this very write,
 * when its first answer was lost and it was sent again: the chunk that only this try has put tells.
 */
const commitHeads = async (table: Table, heads: readonly Prepared[]): Promise<(ProfileChanged | undefined)[]> => {
  if (heads.length === 0) return [];
  const done = await table.writeEach(heads.map(headUpdate));
  const doubtful = heads.filter(({ chunks }, index) => !done[index] && chunks.length > 0);
  const found =
    doubtful.length > 0
      ? await table.getMany(
          doubtful.map(({ after }) => keys.head(after.id)),
          true,
        )
      : [];
  const lastChunks = new Map(found.map(item => [item.pk, unpackHead(item).lastChunk]));
  return heads.map(({ after, chunks }, index) => {
    const last = chunks.at(-1)?.sk;
    const isMine = last !== undefined && lastChunks.get(keys.profile(after.id)) === last;
    return done[index] || isMine ? undefined : new ProfileChanged(after.id);
  });
};

const refusalOf = async (work: () => Promise<void>): Promise<CommitRefusal | undefined> => {
  try {
    await work();
    return undefined;
  } catch (fault) {
    if (fault instanceof IdentifierTaken || fault instanceof ProfileChanged) return fault;
    throw fault;
  }
};

const commitWhole = (table: Table, prepared: Prepared): Promise<void> => {
  const { before, after, chunks, pageItems, commit } = prepared;
  if (before.head.version === 0) return createProfile(table, { ...commit, after }, [...pageItems, ...chunks]);
  const writes: Write[] = [
    headUpdate(prepared),
    ...recentPuts({ ...commit, after }),
    ...historyPuts(commit),
    ...releasedClaims(before, after),
    ...personPut(prepared),
    ...claimPuts(newClaims(before, after), after.id),
    ...consentItems({ ...commit, after }).map(item => ({ kind: 'put' as const, item })),
    ...orderWrites(commit),
  ];
  return transactClaims(table, writes, after.id);
};

const personPut = ({ before, after }: Prepared): Write[] => {
  if (after.person.version === before.person.version) return [];
  const item = personItem(after.id, after.head.createdAt, after.person);
  return [{ kind: 'put', item, when: [{ attribute: 'a.version', is: '=', value: before.person.version }] }];
};
