import type { handleRequest, MessageBody } from '../contract/messages.ts';
import type { CallbackSender } from '../ports/callback-sender.ts';
import type { ExportFiles } from '../ports/export-files.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Queue } from '../ports/outlets.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { Signer } from '../ports/signer.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import type { TextSeals } from '../ports/text-seals.ts';
import type { SectionTools } from './person-sections.ts';
import type { ObjectTools } from './personal-objects.ts';
import type { JobTools, PrivacyJob } from './stored-job.ts';
import type { SweepTools } from './sweep-erased.ts';
import type { TombstoneTools } from './tombstone-people.ts';
import type { StepOutcome } from './work-step.ts';

export interface RequestTools
  extends Omit<SweepTools, 'seals' | 'lake'>,
    Omit<TombstoneTools, 'lake'>,
    Omit<SectionTools, 'seals' | 'recipients' | 'settings'>,
    JobTools {
  queryEngine: ObjectTools['queryEngine'];
  personalFiles: ObjectTools['personalFiles'];
  seals: ProfileSeals;
  lake: ObjectStore;
  transfers: ObjectStore;
  exportFiles: ExportFiles;
  suppressions: Suppressions;
  requestSeals: TextSeals;
  certifier: Signer;
  callbackSender: CallbackSender;
  newId: (prefix: string) => string;
  settings: SectionTools['settings'] & { stage: string };
  queues: SweepTools['queues'] & { handleRequest: Queue<MessageBody<typeof handleRequest>> };
}

/** One stage of a request. `round`: how often it was come to before. */
export type RunStage = (
  job: PrivacyJob,
  round: number,
  tools: RequestTools,
  words: readonly string[],
) => Promise<StepOutcome<PrivacyJob>>;
