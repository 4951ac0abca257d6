import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import type { Head } from '../../../../core/model/profile-state.ts';
import type {
  CommittedEvents,
  EventCommit,
  EventCommitsIn,
  UnreadableChunk,
} from '../../../../core/ports/event-commits.ts';
import type { Item, Table } from '../../../../core/ports/table.ts';
import type { TableChange } from '../../../../core/ports/table-change.ts';
import { keys, profileIdIn } from '../../stores/access-patterns.ts';
import { eventsOfChunk } from '../../stores/event-chunks.ts';
import { unpackHead } from '../../stores/profile-items.ts';

/** A head whose newest chunk is another than before. */
interface HeadCommit {
  sequence: string;
  profileId: string;
  after: Head;
  /** The chunk that was the newest. */
  previous: string | undefined;
  /** A merge was undone: what goes before is told anew only as far as the commit itself wrote it. */
  isParting: boolean;
}

const chunkPrefix = 'E#';

const headCommitIn = ({ sequence, before, after }: TableChange): HeadCommit | undefined => {
  const profileId = after && profileIdIn(after.pk);
  if (!after || profileId === undefined || after.sk !== keys.head('').sk) return undefined;
  const head = unpackHead(after);
  const was = before && unpackHead(before);
  const previous = was?.lastChunk;
  const isParting = (was?.merges?.length ?? 0) > (head.merges?.length ?? 0);
  return head.lastChunk === undefined || head.lastChunk === previous
    ? undefined
    : { sequence, profileId, after: head, previous, isParting };
};

type Chunks = (profileId: string, chunk: string) => Promise<Item | undefined>;

/** Chunks of the batch itself; those that came before it are read together, and others one by one. */
const chunksOf = async (
  table: Table,
  commits: readonly HeadCommit[],
  images: readonly TableChange[],
): Promise<Chunks> => {
  const known = new Map<string, Item>();
  const keep = (item: Item) => known.set(`${item.pk} ${item.sk}`, item);
  for (const { after } of images) if (after?.sk.startsWith(chunkPrefix)) keep(after);
  const keyOf = (profileId: string, chunk: string) => ({ pk: keys.profile(profileId), sk: chunk });
  const newest = commits.map(({ profileId, after }) => keyOf(profileId, after.lastChunk ?? ''));
  const missing = newest.filter(({ pk, sk }) => !known.has(`${pk} ${sk}`));
  if (missing.length > 0) for (const item of await table.getMany(missing, true)) keep(item);
  return async (profileId, chunk) => {
    const key = keyOf(profileId, chunk);
    return known.get(`${key.pk} ${key.sk}`) ?? table.get(key, true);
  };
};

const eventsIn = (chunk: Item): AcceptedEvent[] | Error => {
  try {
    return eventsOfChunk(chunk);
  } catch (fault) {
    return fault instanceof Error ? fault : new Error(String(fault));
  }
};

/** Follows the chain from the newest chunk down to the one that was the newest before. */
const read = async (commit: HeadCommit, chunks: Chunks): Promise<CommittedEvents> => {
  const { profileId, after, previous, sequence, isParting } = commit;
  const { version, updatedAt: at } = after;
  const events: AcceptedEvent[] = [];
  const unreadable: UnreadableChunk[] = [];
  let name = after.lastChunk;
  let again = false;
  const lowest = isParting ? keys.chunk(profileId, version, '').sk : '';
  while (name !== undefined && name !== previous && name >= lowest) {
    const chunk = await chunks(profileId, name);
    const found = chunk ? eventsIn(chunk) : new Error('it is not there');
    if (found instanceof Error) unreadable.push({ profileId, version, chunk: name, reason: found.message });
    else events.unshift(...found);
    again ||= chunk?.r === true;
    name = chunk?.prev as string | undefined;
  }
  again ||= previous !== undefined && name === undefined;
  return { commits: [{ sequence, profileId, version, at, events, again }], unreadable };
};

/** Chunks of somebody who was erased meanwhile are gone, as they have to be. */
const withoutErased = async (table: Table, unreadable: readonly UnreadableChunk[]): Promise<UnreadableChunk[]> => {
  if (unreadable.length === 0) return [];
  const ids = [...new Set(unreadable.map(({ profileId }) => profileId))];
  const heads = await table.getMany(ids.map(keys.head), true);
  const there = new Set(heads.filter(item => unpackHead(item).life !== 'erased').map(({ pk }) => pk));
  return unreadable.filter(({ profileId }) => there.has(keys.profile(profileId)));
};

/** Reads committed events out of changes of the table. */
export const eventCommitsIn =
  (table: Table): EventCommitsIn =>
  async (changes, images) => {
    const heads = changes.flatMap(change => headCommitIn(change) ?? []);
    const chunks = await chunksOf(table, heads, images);
    const commits: EventCommit[] = [];
    const unreadable: UnreadableChunk[] = [];
    for (const head of heads) {
      const found = await read(head, chunks);
      commits.push(...found.commits);
      unreadable.push(...found.unreadable);
    }
    return { commits, unreadable: await withoutErased(table, unreadable) };
  };
