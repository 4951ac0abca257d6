import type { SuppressedChannel } from '../model/suppression.ts';
import type { ListedSuppression, Suppressions } from '../ports/suppressions.ts';

interface Asked {
  limit: number;
  cursor?: string | undefined;
  channel?: SuppressedChannel | undefined;
}

const iso = (at: number): string => new Date(at).toISOString();

const shown = ({ id, kind, profileId, channels }: ListedSuppression) => ({
  id,
  kind,
  ...(profileId === undefined ? {} : { profileId }),
  channels: Object.entries(channels).map(([channel, { reason, source, at, expiresAt }]) => ({
    channel: channel as SuppressedChannel,
    ...{ reason, source, at: iso(at) },
    ...(expiresAt === undefined ? {} : { expiresAt: iso(expiresAt) }),
  })),
});

/** Who is not to be reached, newest first; whatever bars all channels bars each. */
export const listSuppressions = async (
  { limit, cursor, channel }: Asked,
  { suppressions }: { suppressions: Suppressions },
): Promise<{ items: ReturnType<typeof shown>[]; nextCursor?: string }> => {
  const items: ReturnType<typeof shown>[] = [];
  let next: string | undefined = cursor;
  do {
    const page: { items: ListedSuppression[]; next?: string } = await suppressions.page(limit - items.length, next);
    const wanted = page.items.filter(
      ({ channels }) => channel === undefined || channels.all !== undefined || channels[channel] !== undefined,
    );
    items.push(...wanted.map(shown));
    next = page.next;
  } while (next !== undefined && items.length < limit);
  return { items, ...(next === undefined ? {} : { nextCursor: next }) };
};
