import type { Audience } from '../contract/audiences.ts';
import { notFound, Problem } from '../errors.ts';
import { DocumentChanged } from '../ports/collection.ts';
import type { Write } from '../ports/table.ts';
import type { CommitSyncTools } from './activate-audience.ts';
import { beginSyncs } from './begin-sync.ts';
import { runningSyncs, superseding } from './supersede-syncs.ts';
import { recipientsSource } from './sync-sources.ts';

interface Deletion {
  id: string;
  /** Is the audience gone already? */
  deleted: boolean;
  syncIds: string[];
}

/**
 * Deletes an audience. `removeRemote`: its platforms are told of everybody first, and the end of that removes it.
 * Otherwise it goes at once, and a job sees to what was kept of its people.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT`
 */
export const deleteAudience = async (id: string, removeRemote: boolean, tools: CommitSyncTools): Promise<Deletion> => {
  const audience = await tools.audiences.get(id);
  if (!audience) throw notFound('Audience', id);
  const sources = [recipientsSource];
  const plans = audience.syncs.map(({ platform }) => ({ platform, operation: 'remove' as const, sources }));
  const { audience: begun, jobs } = beginSyncs(audience, plans, tools);
  const keeps = removeRemote && jobs.length > 0;
  const added = jobs.map(job => tools.jobs.adding(keeps ? job : { ...job, operation: 'forget' }));
  const leaving = { ...begun, version: audience.version + 1, deleting: true };
  const running = await runningSyncs(audience, audience.platforms, tools);
  await commit(
    audience,
    [
      keeps ? tools.audiences.replacing(leaving) : tools.audiences.removing(audience),
      ...added,
      ...superseding(running, tools),
    ],
    tools,
  );
  return { id, deleted: !keeps, syncIds: keeps ? jobs.map(job => job.id) : [] };
};

const commit = async ({ id }: Audience, writes: readonly Write[], { commitTogether }: CommitSyncTools) => {
  try {
    await commitTogether(writes);
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', `Audience ${id} was changed at the same moment; try again`);
  }
};
