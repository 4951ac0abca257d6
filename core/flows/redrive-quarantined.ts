import type { MessageBody, redriveEvents } from '../contract/messages.ts';
import type { EventPatch } from '../model/event-patch.ts';
import { addRedriveTallies } from '../model/redrive-tally.ts';
import type { Queue } from '../ports/outlets.ts';
import type { QuarantinedEntry, QuarantineStore } from '../ports/quarantine.ts';
import { type PageTools, redrivePage } from './redrive-page.ts';
import { abandonJob, endPart, type JobTools, noteFault, notePlace, type RedriveJob } from './stored-job.ts';
import { workPages } from './work-pages.ts';

type Message = MessageBody<typeof redriveEvents>;

export interface RedriveTools extends JobTools, PageTools {
  queues: { redriveEvents: Queue<Message> };
}

const pageSize = 50;

/**
 * Redrives one part of a job, for as long as there is time; a message goes on from there and carries what it has come
 * to. A message that comes twice puts nothing else on the stream, and tells the same.
 */
export const redrivePart = async (message: Message, tools: RedriveTools): Promise<void> => {
  const { jobId, part } = message;
  const job = await tools.jobs.get(jobId);
  if (job?.kind !== 'quarantine.redrive' || job.status !== 'running') return;
  const { patch, isLost } = await patchFor(job, tools.quarantine);
  if (isLost) return giveUp(job, tools);
  let { tally } = message;
  const left = await workPages(message.after, tools.now, async after => {
    const { items, notFound, next } = await pageOf(part, after, job, tools.quarantine);
    tally = addRedriveTallies(tally, await redrivePage(items, { job, patch }, tools));
    tally = { ...tally, notFound: tally.notFound + notFound };
    return next;
  });
  if (left === undefined) return endPart(jobId, part, tools, { [part]: tally });
  await tools.queues.redriveEvents.send([{ ...message, after: left, tally }]);
  await notePlace(jobId, part, left, tools, { [part]: tally });
};

/** A patch may name a person; it goes with them. */
const patchFor = async (
  { id, patched }: RedriveJob,
  quarantine: QuarantineStore,
): Promise<{ patch: EventPatch | undefined; isLost: boolean }> => {
  const patch = patched ? await quarantine.patchOf(id) : undefined;
  return { patch, isLost: patched && patch === undefined };
};

const giveUp = async ({ id }: RedriveJob, tools: RedriveTools): Promise<void> => {
  await noteFault(id, 'the patch is gone, since a person whom it named was erased, or a week is over', tools);
  await abandonJob(id, tools);
};

/** Some entries; the place within ids that were named is how many of them were dealt with. */
const pageOf = async (
  part: string,
  after: string | undefined,
  { selection }: RedriveJob,
  quarantine: QuarantineStore,
): Promise<{ items: QuarantinedEntry[]; notFound: number; next: string | undefined }> => {
  if (!('ids' in selection)) {
    const { items, next } = await quarantine.page(Number(part), pageSize, after);
    return { items, notFound: 0, next };
  }
  const start = Number(after ?? 0);
  const ids = selection.ids.slice(start, start + pageSize);
  const items = await quarantine.find(ids);
  const end = start + ids.length;
  return { items, notFound: ids.length - items.length, next: end < selection.ids.length ? String(end) : undefined };
};
