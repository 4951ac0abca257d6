import type { BlockIndex } from '../../../core/ports/block-index.ts';
import type { Item, LoneWrite, Table, Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** A key that more profiles share than this is too common to tell who is who. */
const blockSizeMax = 100;
const roundsMax = 20;

/** The keys of a profile as of a version of its person; `v` rises with every write. */
interface OwnKeys {
  v: number;
  version: number;
  keys: string[];
}

interface Block {
  v: number;
  ids: string[];
}

const ownIn = (item: Item | undefined): OwnKeys | undefined => item?.d as unknown as OwnKeys | undefined;
const blockIn = (item: Item | undefined): Block | undefined => item?.d as unknown as Block | undefined;

const readOwn = async (table: Table, profileId: string): Promise<OwnKeys | undefined> =>
  ownIn(await table.get(keys.blocksOf(profileId), true));

/** Writes them where nobody was faster. */
const keepOwn = async (table: Table, profileId: string, own: OwnKeys, read: OwnKeys | undefined): Promise<boolean> => {
  const d = own as unknown as Value;
  const [done = false] = await table.writeEach([
    read === undefined
      ? { kind: 'put', item: { ...keys.blocksOf(profileId), d }, when: [{ attribute: 'pk', is: 'absent' }] }
      : {
          kind: 'update',
          key: keys.blocksOf(profileId),
          set: { d },
          when: [{ attribute: 'd.v', is: '=', value: read.v }],
        },
  ]);
  return done;
};

const readBlocks = async (table: Table, of: readonly string[]): Promise<Map<string, Block>> => {
  const items = await table.getMany(of.map(keys.block), true);
  return new Map(
    items.flatMap(item => {
      const block = blockIn(item);
      return block ? [[item.pk.slice(keys.block('').pk.length), block]] : [];
    }),
  );
};

const blockWrite = (key: string, ids: string[], read: Block | undefined): LoneWrite =>
  read === undefined
    ? { kind: 'put', item: { ...keys.block(key), d: { v: 1, ids } }, when: [{ attribute: 'pk', is: 'absent' }] }
    : {
        kind: 'update',
        key: keys.block(key),
        set: { d: { v: read.v + 1, ids } },
        when: [{ attribute: 'd.v', is: '=', value: read.v }],
      };

/** What is to be written so that the profile stands in the blocks that it is to stand in, and in no other. */
const movesOf = (
  profileId: string,
  wanted: ReadonlySet<string>,
  all: readonly string[],
  blocks: Map<string, Block>,
) => {
  const writes: LoneWrite[] = [];
  let full = 0;
  for (const key of all) {
    const block = blocks.get(key);
    const [ids, isIn] = [block?.ids ?? [], block?.ids.includes(profileId) ?? false];
    if (wanted.has(key) && !isIn && ids.length >= blockSizeMax) full += 1;
    else if (wanted.has(key) && !isIn) writes.push(blockWrite(key, [...ids, profileId], block));
    else if (!wanted.has(key) && isIn)
      writes.push(
        blockWrite(
          key,
          ids.filter(id => id !== profileId),
          block,
        ),
      );
  }
  return { writes, full };
};

/** Brings the blocks to what is wanted; whoever loses a race reads again. Returns how many were full. */
const moveIn = async (
  table: Table,
  profileId: string,
  wanted: readonly string[],
  all: readonly string[],
): Promise<number> => {
  for (let round = 0; round < roundsMax; round += 1) {
    const { writes, full } = movesOf(profileId, new Set(wanted), all, await readBlocks(table, all));
    if (writes.length === 0 || (await table.writeEach(writes)).every(done => done)) return full;
  }
  throw new Error('blocks change all the time');
};

/** Takes a profile out of all its blocks; returns out of how many. What lists them stays. */
export const leaveBlocks = async (table: Table, profileId: string): Promise<number> => {
  const held = await blocksHolding(table, profileId);
  await moveIn(
    table,
    profileId,
    [],
    held.map(item => item.pk.slice(keys.block('').pk.length)),
  );
  return held.length;
};

/** The blocks that a profile stands in. */
export const blocksHolding = async (table: Table, profileId: string): Promise<Item[]> => {
  const own = await readOwn(table, profileId);
  const items = await table.getMany((own?.keys ?? []).map(keys.block), true);
  return items.filter(item => blockIn(item)?.ids.includes(profileId));
};

/**
 * Blocks by key, and beside each profile which ones it stands in. These are noted first, so that whoever erases a
 * profile finds every block that it may stand in.
 */
export const tableBlockIndex = (table: Table): BlockIndex => ({
  index: async (profileId, version, wanted, left = []) => {
    for (let round = 0; round < roundsMax; round += 1) {
      const read = await readOwn(table, profileId);
      if (read && read.version > version) return { full: 0 };
      const all = [...new Set([...(read?.keys ?? []), ...wanted, ...left])];
      if (all.length === 0) return { full: 0 };
      const noted = { v: (read?.v ?? 0) + 1, version, keys: all };
      const isNoted = read?.keys.length === all.length;
      if (!isNoted && !(await keepOwn(table, profileId, noted, read))) continue;
      const standing = isNoted ? read : noted;
      const full = await moveIn(table, profileId, wanted, all);
      const own = { v: standing.v + 1, version, keys: [...wanted] };
      if (all.length === wanted.length || (await keepOwn(table, profileId, own, standing))) return { full };
    }
    throw new Error(`the keys of ${profileId} change all the time`);
  },
  forget: async profileId => {
    await leaveBlocks(table, profileId);
    await table.write({ kind: 'delete', key: keys.blocksOf(profileId) });
  },
  candidates: async (of, limit) => {
    const shared = new Map<string, number>();
    for (const { ids } of (await readBlocks(table, of)).values()) {
      if (ids.length >= blockSizeMax) continue;
      for (const id of ids) shared.set(id, (shared.get(id) ?? 0) + 1);
    }
    return [...shared]
      .map(([profileId, count]) => ({ profileId, shared: count }))
      .sort((left, right) => right.shared - left.shared || (left.profileId < right.profileId ? -1 : 1))
      .slice(0, limit);
  },
});
