import type { Audience } from '../contract/audiences.ts';
import type { Collection } from '../ports/collection.ts';
import type { DeliveryFailed, DeliveryFault } from '../ports/destination.ts';
import { changeDocument } from './change-document.ts';
import type { Target } from './plan-people.ts';

interface NoteTools {
  audiences: Collection<Audience>;
  now: () => Date;
}

type SyncState = Audience['syncs'][number];
type Problem = NonNullable<SyncState['problem']>;

/** What somebody has to mend; all else mends itself, or is about some rows alone. */
const shown: ReadonlySet<DeliveryFault> = new Set(['unauthorized', 'blocked', 'tooSmall']);

/**
 * Notes with the audience what a platform wants somebody to mend, since when, and that it is well again. What it was to
 * be told is tried again as with any other fault.
 */
export const noteProblem = async (
  { audience, platform }: Target,
  fault: Pick<DeliveryFailed, 'fault' | 'message'> | undefined,
  tools: NoteTools,
): Promise<void> => {
  const known = audience.syncs.find(sync => sync.platform === platform);
  if (fault && !shown.has(fault.fault)) return;
  if (!known || known.problem?.code === fault?.fault) return;
  const problem = fault && {
    code: fault.fault as Problem['code'],
    message: fault.message,
    since: tools.now().toISOString(),
  };
  await changeSync(audience.id, known.syncId, tools, ({ problem: before, ...sync }) =>
    before?.code === problem?.code ? undefined : { ...sync, ...(problem ? { problem } : {}) },
  );
};

/** The destination is gone for good: the audience says so, and nothing more is sent until it is activated again. */
export const endSync = async ({ audience, platform }: Target, error: string, tools: NoteTools): Promise<void> => {
  const ended = audience.syncs.find(sync => sync.platform === platform)?.syncId;
  if (ended !== undefined) await changeSync(audience.id, ended, tools, sync => ({ ...sync, active: false, error }));
};

/** Changes the state at a platform, as long as it is that of the same sync; `undefined`: there is nothing to change. */
export const changeSync = async (
  audienceId: string,
  syncId: string,
  { audiences, now }: NoteTools,
  change: (sync: SyncState) => SyncState | undefined,
): Promise<void> => {
  if (!(await audiences.get(audienceId))) return;
  await changeDocument('Audience', audienceId, audiences, found => {
    const before = found.syncs.find(sync => sync.syncId === syncId);
    const after = before && change(before);
    if (!after) return found;
    const syncs = found.syncs.map(sync => (sync === before ? after : sync));
    return { ...found, updatedAt: now().toISOString(), syncs };
  });
};
