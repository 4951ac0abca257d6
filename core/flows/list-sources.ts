import type { Source } from '../contract/sources.ts';
import { countsOfMinute } from '../engines/sources/count-activity.ts';
import { notFound } from '../errors.ts';
import { noCounts, type SourceActivity } from '../model/source-activity.ts';
import type { StoredApiKey } from '../model/stored-api-key.ts';
import type { Collection, DocumentPage, Paged } from '../ports/collection.ts';

export interface SourceTools {
  apiKeys: Collection<StoredApiKey>;
  sourceActivity: Pick<Collection<SourceActivity>, 'get' | 'all'>;
  now: () => Date;
}

/** Every write key is a source, until it is revoked. */
export const isSource = ({ kind, revokedAt }: StoredApiKey): boolean => kind === 'write' && revokedAt === undefined;

/** A source as it is answered: nothing of its secret. */
export const shownSource = (key: StoredApiKey, activity: SourceActivity | undefined, at: Date): Source => {
  const { id, name, sourceKind = 'other', disabledAt, prefix, createdAt } = key;
  const { counts = noCounts, lastSeenAt, lastError, recent = {} } = activity ?? {};
  const { accepted, rejected, quarantined } = countsOfMinute({ recent }, at.getTime());
  return {
    id,
    name,
    kind: sourceKind,
    enabled: disabledAt === undefined,
    prefix,
    createdAt,
    eventsPerMinute: accepted,
    errorsPerMinute: rejected + quarantined,
    totals: counts,
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
    ...(lastError === undefined ? {} : { lastError }),
  };
};

export const listSources = async (
  paging: Paged,
  { apiKeys, sourceActivity, now }: SourceTools,
): Promise<DocumentPage<Source>> => {
  const [{ items, ...page }, activity] = await Promise.all([apiKeys.page(paging, isSource), sourceActivity.all()]);
  const byId = new Map(activity.map(one => [one.id, one]));
  return { ...page, items: items.map(key => shownSource(key, byId.get(key.id), now())) };
};

/** The key of a source. @throws Problem `NOT_FOUND` */
export const sourceKey = async (id: string, { apiKeys }: Pick<SourceTools, 'apiKeys'>): Promise<StoredApiKey> => {
  const key = await apiKeys.get(id);
  if (!key || !isSource(key)) throw notFound('Source', id);
  return key;
};
