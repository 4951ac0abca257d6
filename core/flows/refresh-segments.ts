import type { StoredSegment } from '../contract/segments.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { evaluationOf } from './create-segment.ts';
import type { EvaluateJob, StoredJob } from './stored-job.ts';

export interface RefreshTools {
  segments: Collection<StoredSegment>;
  jobs: Collection<StoredJob>;
  newId: (prefix: string) => string;
  now: () => Date;
}

/** Begins to hold a definition against everybody again. */
export const evaluateAgain = async (segment: StoredSegment, tools: RefreshTools): Promise<EvaluateJob> => {
  const job = evaluationOf(segment, tools.now().toISOString(), tools);
  await tools.jobs.add(job);
  return job;
};

/** Evaluates every segment again that is to be every so many minutes, once for each time. Returns how many. */
export const refreshSegments = async (tools: RefreshTools): Promise<number> => {
  const now = tools.now();
  let begun = 0;
  for (const segment of await tools.segments.all()) {
    const { refresh } = segment;
    if (typeof refresh !== 'object' || segment.type === 'manual') continue;
    const period = refresh.everyMinutes * 60_000;
    const turn = Math.floor((now.getTime() - Date.parse(segment.createdAt)) / period);
    if (turn > 0 && (await beginsTurn(segment, turn, tools))) begun += 1;
  }
  return begun;
};

/** The job is named by its turn: whoever comes second finds it there. */
const beginsTurn = async (segment: StoredSegment, turn: number, tools: RefreshTools): Promise<boolean> => {
  const id = `job-refresh-${segment.id}-${turn}`;
  if (await tools.jobs.get(id)) return false;
  try {
    await tools.jobs.add({ ...evaluationOf(segment, tools.now().toISOString(), tools), id });
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
