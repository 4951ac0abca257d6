import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { StagedPast } from '../../../core/ports/merge-store.ts';
import { everyItem, type Item, type Table, type Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { chunkItems } from './event-chunks.ts';
import { spillOf, writePages } from './fingerprint-pages.ts';
import { headNaming } from './head-naming.ts';
import { orderWrites } from './orders.ts';

/**
 * Writes what a profile has of a past that is given back to it: a chain of chunks of its own, what it knows of messages,
 * its orders, and its part of the consent ledger. Nobody sees the chunks until its head names them; the rest may be
 * written any number of times. Returns the state that names them.
 */
export const stagePast = async (table: Table, past: StagedPast, attempt: string): Promise<ProfileState> => {
  const { before, after, commits, orders, replacesAfter } = past;
  const events = commits.flatMap(commit => commit.events);
  const spill = spillOf({ before, after, events });
  const [pages = before.head.pages] = await writePages(table, [
    { profileId: after.id, next: before.head.pages, pages: spill.pages },
  ]);
  const chunks = chunksOf(past, attempt);
  const ledger = ledgerItems(past);
  const items = [...chunks, ...ledger, ...orderWrites({ after, orders }).map(({ item }) => item)];
  await table.writeMany(items.map(item => ({ kind: 'put', item })));
  if (replacesAfter !== undefined) await removeLedger(table, after, replacesAfter);
  return { ...after, head: headNaming({ before, after, spill, pages, chunks }) };
};

/** Each commit of the past keeps chunks of its own: in the same way it can be divided again. */
const chunksOf = ({ before, after, commits }: StagedPast, attempt: string): Item[] => {
  const chunks: Item[] = [];
  for (const [index, { events, edit }] of commits.entries()) {
    const previous = chunks.at(-1)?.sk ?? before.head.lastChunk;
    const at = after.head.updatedAt;
    const { id: profileId, head } = after;
    const own = `${attempt}-${String(index).padStart(6, '0')}`;
    const kept = before.head.members ? edit : undefined;
    chunks.push(
      ...chunkItems({ profileId, version: head.version, attempt: own, previous, events, edit: kept, again: true, at }),
    );
  }
  return chunks;
};

const ledgerItems = ({ after, said }: StagedPast): Item[] =>
  said.map((statement, part) => ({
    ...keys.consent(after.id, statement.at, after.head.version, part),
    ...(statement as unknown as Record<string, Value>),
  }));

/** What was entered since a version, and stands anew under the version that is to come. */
const removeLedger = async (table: Table, { id, head }: ProfileState, replacesAfter: number): Promise<void> => {
  const old: Item[] = [];
  for await (const item of everyItem(table, { pk: keys.profile(id), prefix: 'C#', consistent: true })) {
    const version = Number(item.sk.split('#')[2]);
    if (version > replacesAfter && version < head.version) old.push(item);
  }
  await table.writeMany(old.map(({ pk, sk }) => ({ kind: 'delete', key: { pk, sk } })));
};
