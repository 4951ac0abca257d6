import type { PlatformName } from '../contract/audience-platforms.ts';
import type { AudienceSync } from '../contract/syncs.ts';
import { notFound } from '../errors.ts';
import type { DocumentPage, Paged } from '../ports/collection.ts';
import { isSyncOf, type ShowSyncTools, showSync } from './show-sync.ts';

/** The syncs of an audience, newest first. @throws Problem `NOT_FOUND` */
export const listSyncs = async (
  audienceId: string,
  { platform, ...paging }: Paged & { platform?: PlatformName | undefined },
  tools: ShowSyncTools,
): Promise<DocumentPage<AudienceSync>> => {
  if (!(await tools.audiences.get(audienceId))) throw notFound('Audience', audienceId);
  const { items, ...page } = await tools.jobs.page(
    paging,
    job => isSyncOf(job, audienceId) && (platform === undefined || job.platform === platform),
  );
  const syncs: AudienceSync[] = [];
  for (const job of items) if (isSyncOf(job, audienceId)) syncs.push(await showSync(job, tools));
  return { ...page, items: syncs };
};
