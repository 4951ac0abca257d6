import { fingerprint } from '../../../core/model/fingerprint.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import { ProfileChanged } from '../../../core/ports/profile-store.ts';
import type { Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { keptEvents } from './event-chunks.ts';
import { unpackFingerprints } from './profile-items.ts';

/**
 * Which of these messages a profile has folded already. The ring and the pages only raise suspicion; the chunks confirm
 * it, so that no message is lost to two ids that share a fingerprint. Where the chunks have expired, suspicion suffices.
 */
export const seenMessages = async (
  table: Table,
  { id, head }: ProfileState,
  messageIds: readonly string[],
): Promise<Set<string>> => {
  const known = new Set([...head.ring, ...(await pagedFingerprints(table, id, head.pages))]);
  const suspects = messageIds.filter(messageId => known.has(fingerprint(messageId)));
  if (suspects.length === 0) return new Set();
  const { events, complete } = await keptEvents(table, id, head.lastChunk);
  const kept = new Set(events.map(event => event.messageId));
  return new Set(complete ? suspects.filter(messageId => kept.has(messageId)) : suspects);
};

const pagedFingerprints = async (table: Table, id: string, pages: number): Promise<number[]> => {
  if (pages === 0) return [];
  const wanted = Array.from({ length: pages }, (_, page) => keys.page(id, page));
  const items = await table.getMany(wanted, true);
  if (items.length < pages) throw new ProfileChanged(`${id} has ${items.length} of ${pages} fingerprint pages`);
  return items.flatMap(item => unpackFingerprints(item.f as Uint8Array));
};
