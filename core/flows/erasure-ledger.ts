import * as z from 'zod';
import { erasureKey, erasuresPrefix } from '../engines/lake/layout.ts';
import type { ObjectStore } from '../ports/object-store.ts';

const LedgerEntry = z.object({
  requestId: z.string(),
  at: z.iso.datetime(),
  profileIds: z.array(z.string()),
  /** Keyed hashes of what they were known by, as long as it is not taken. */
  names: z.array(z.string()),
  /** Those that are taken again. */
  allowed: z.array(z.string()).default([]),
});
type LedgerEntry = z.output<typeof LedgerEntry>;

interface LedgerTools {
  lake: Pick<ObjectStore, 'put' | 'get' | 'list'>;
}

/** Keeps beside the table who was erased, before it happens: whoever restores the table erases again. */
export const noteErasure = async (entry: z.input<typeof LedgerEntry>, { lake }: LedgerTools): Promise<void> => {
  await lake.put(erasureKey(entry.requestId), new TextEncoder().encode(JSON.stringify(entry)), {
    contentType: 'application/json',
  });
};

/** Every erasure that was ever begun, oldest first. */
export async function* notedErasures({ lake }: LedgerTools): AsyncGenerator<LedgerEntry> {
  for await (const { key } of lake.list(erasuresPrefix)) {
    const found = await lake.get(key);
    if (found) yield LedgerEntry.parse(JSON.parse(new TextDecoder().decode(found.body)));
  }
}
