import { matchKey } from '../model/identifier.ts';
import type { RequestType } from '../model/privacy-request.ts';
import { consentChannels } from '../model/profile.ts';
import type { RequestSubject } from '../model/request-subject.ts';
import type { SuppressedChannel } from '../model/suppression.ts';
import { noteErasure } from './erasure-ledger.ts';
import { findPeople } from './find-people.ts';
import type { RequestTools, RunStage } from './request-stage.ts';
import { openSubject } from './sealed-subject.ts';
import type { PrivacyJob } from './stored-job.ts';
import { suppressionKeys } from './suppression-keys.ts';
import { updateProfile } from './update-profile.ts';

type CarryOut = (job: PrivacyJob, subject: RequestSubject, tools: RequestTools) => Promise<string[]>;

/** Whoever is meant is reached by none of these channels any more, as of when it was asked. */
const suppressing =
  (channelsOf: (subject: RequestSubject) => readonly SuppressedChannel[]): CarryOut =>
  async (job, subject, tools) => {
    const found = await findPeople(subject, tools.profiles);
    const said = { reason: job.type, source: 'privacy request', at: Date.parse(job.createdAt) };
    const channels = channelsOf(subject);
    await tools.suppressions.keep([
      ...found.map(state => ({
        keys: suppressionKeys(state),
        suppression: { ...said, channels, profileId: state.id },
      })),
      { keys: subject.identifiers.map(matchKey), suppression: { ...said, channels, profileId: found[0]?.id } },
    ]);
    return found.map(({ id }) => id);
  };

/** Said when it was asked: it loses to what was said since. */
const rectify: CarryOut = async (job, subject, tools) => {
  const found = await findPeople(subject, tools.profiles);
  const edit = () => ({ attributes: subject.changes ?? {}, identifiers: [] });
  for (const { id } of found)
    await updateProfile(
      { id, edit, requestId: job.id, source: 'privacy request', saidAt: Date.parse(job.createdAt) },
      tools,
    );
  return found.map(({ id }) => id);
};

/** What names them is taken again. Nothing comes back. */
const unsuppress: CarryOut = async ({ id, createdAt }, { identifiers }, tools) => {
  const allowed = await tools.erasedKeys.names(identifiers.map(matchKey));
  await noteErasure({ requestId: id, at: createdAt, profileIds: [], names: [], allowed }, tools);
  await tools.erasedKeys.remove(allowed);
  return [];
};

const carriedOut: Partial<Record<RequestType, CarryOut>> = {
  rectification: rectify,
  restriction: suppressing(() => ['all']),
  objection: suppressing(({ channels }) => channels ?? consentChannels),
  unsuppress,
};

/** What is done in one step. A second time changes nothing. */
export const carry: RunStage = async (job, _round, tools) => {
  const subject = await openSubject(job, tools);
  const profileIds = (await carriedOut[job.type]?.(job, subject, tools)) ?? [];
  return { next: 'certify', told: { profileIds } };
};
