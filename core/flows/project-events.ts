import { lakeRow } from '../engines/lake/lake-row.ts';
import { asideChunksPrefix, hotAliasKey, hotKey } from '../engines/lake/layout.ts';
import { spanOf } from '../engines/lake/span-of.ts';
import type { LakeAlias } from '../model/lake-alias.ts';
import type { LakeEvent } from '../model/lake-event.ts';
import type { HotObject } from '../model/lake-partition.ts';
import { isLater } from '../model/sequence.ts';
import type { Commit } from '../ports/commit.ts';
import type { EventCommit, EventCommitsIn, UnreadableChunk } from '../ports/event-commits.ts';
import type { HotFiles } from '../ports/hot-files.ts';
import type { LakePartitions } from '../ports/lake-partitions.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ProfileSeal, ProfileSeals } from '../ports/profile-seals.ts';
import type { TableChange } from '../ports/table-change.ts';

export interface ProjectEventsTools {
  lakePartitions: LakePartitions;
  hotFiles: HotFiles;
  lake: ObjectStore;
  seals: ProfileSeals;
  eventCommitsIn: EventCommitsIn;
  commitsIn: (changes: readonly TableChange[]) => Commit[];
  newId: (prefix: string) => string;
  now: () => Date;
  accountCurrency: string;
}

export interface Projected {
  rows: number;
  unreadable: UnreadableChunk[];
}

const triesMax = 20;

/**
 * Brings the events that a batch of one shard has committed to the lake, in one object that goes on where the newest of
 * the shard ends: a batch that comes again, or overlaps another, adds only what is new. The object is there when it is
 * named; what a crash leaves behind before that is named by nobody.
 *
 * @throws Error when others went on from under us all the time
 */
export const projectEvents = async (
  shard: string,
  changes: readonly TableChange[],
  tools: ProjectEventsTools,
): Promise<Projected> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const from = await tools.lakePartitions.endOf(shard);
    const fresh = changes.filter(({ sequence }) => isLater(sequence, from));
    const to = fresh.at(-1)?.sequence;
    if (to === undefined) return { rows: 0, unreadable: [] };
    const { commits, unreadable } = await tools.eventCommitsIn(fresh, changes);
    await keepAside(unreadable, tools);
    const { rows, again } = await rowsOf(commits, tools);
    const aliases = aliasesIn(tools.commitsIn(fresh));
    if (rows.length === 0 && aliases.length === 0) return { rows: 0, unreadable };
    const named = { shard, from, to, at: tools.now().getTime() };
    const object = await putObject(named, { rows, again, aliases }, tools);
    if (await tools.lakePartitions.addHot(object)) return { rows: rows.length, unreadable };
  }
  throw new Error(`the hot objects of ${shard} were added to by others all the time`);
};

interface Brought {
  rows: LakeEvent[];
  again: boolean;
  aliases: LakeAlias[];
}

const putObject = async (
  named: Pick<HotObject, 'shard' | 'from' | 'to' | 'at'>,
  { rows, again, aliases }: Brought,
  { hotFiles, newId }: ProjectEventsTools,
): Promise<HotObject> => {
  const id = newId('hot');
  const [events, others] = await Promise.all([
    rows.length === 0 ? undefined : hotFiles.put(hotKey(id), rows),
    aliases.length === 0 ? undefined : hotFiles.put(hotAliasKey(id), aliases),
  ]);
  return {
    ...named,
    ...(events ? { events: { ...spanOf(rows, again), ...events } } : {}),
    ...(others ? { aliases: others } : {}),
  };
};

/** Rows of a profile that was erased meanwhile are not kept. */
const rowsOf = async (
  commits: readonly EventCommit[],
  { seals, accountCurrency }: ProjectEventsTools,
): Promise<Omit<Brought, 'aliases'>> => {
  const known = await seals.toSeal([...new Set(commits.map(({ profileId }) => profileId))]);
  const rows = commits.flatMap(commit => {
    const seal = known.get(commit.profileId);
    return seal ? sealedRows(commit, seal, accountCurrency) : [];
  });
  return { rows, again: commits.some(({ again }) => again) };
};

const sealedRows = (commit: EventCommit, seal: ProfileSeal, accountCurrency: string): LakeEvent[] =>
  commit.events.map(event => {
    const { row, parts } = lakeRow(event, commit, accountCurrency);
    return {
      ...row,
      device: parts.deviceId === undefined ? null : seal.pseudonym(parts.deviceId),
      sealed: seal.seal(JSON.stringify(parts), row.eventId),
    };
  });

/**
 * A profile that is merged, or is not any more, has its events told by another. Those of somebody who was made anonymous
 * stay and count; whose they were nobody can read any more.
 */
const aliasesIn = (commits: readonly Commit[]): LakeAlias[] =>
  commits.flatMap((commit): LakeAlias[] => {
    if (commit.kind !== 'head' || !commit.after) return [];
    const { life, version, mergedInto = null, updatedAt, anonymised } = commit.after;
    const was = commit.before?.life ?? 'live';
    const same = life === was && mergedInto === (commit.before?.mergedInto ?? null);
    return same || anonymised ? [] : [{ profileId: commit.profileId, version, life, into: mergedInto, at: updatedAt }];
  });

/** What cannot be read stops nobody: it is kept for whoever looks after it. */
const keepAside = async (unreadable: readonly UnreadableChunk[], { lake }: ProjectEventsTools): Promise<void> => {
  for (const one of unreadable) {
    const key = `${asideChunksPrefix(one.profileId)}${one.chunk}.json`;
    await lake.put(key, new TextEncoder().encode(JSON.stringify(one)), { contentType: 'application/json' });
  }
};
