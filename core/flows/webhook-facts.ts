import * as z from 'zod';
import { headView, personView } from '../engines/profiles/profile-view.ts';
import { changedFields } from '../engines/webhooks/changed-fields.ts';
import { lifeFact } from '../engines/webhooks/life-fact.ts';
import { type Fact, factOf } from '../model/fact.ts';
import { idTime } from '../model/id-time.ts';
import { type ConsentStatement, consentStatements, type Head, type PersonRecord } from '../model/profile-state.ts';
import type { Commit } from '../ports/commit.ts';
import { nobody } from './webhook-nobody.ts';

type Of<Kind extends Commit['kind']> = Commit & { kind: Kind };

/** What has happened, as committed changes tell it; the same changes give the same facts under the same ids. */
export const webhookFacts = (commits: readonly Commit[]): Fact[] => commits.flatMap(factsOf);

const factsOf = (commit: Commit): Fact[] => {
  switch (commit.kind) {
    case 'head':
      return headFacts(commit);
    case 'person':
      return personFacts(commit);
    case 'membership':
      return membershipFacts(commit);
    case 'quarantined':
      return quarantineFacts(commit);
    case 'document':
      return documentFacts(commit);
    case 'pair':
      return pairFacts(commit);
    case 'suppression':
    case 'tie':
    case 'merge':
      return [];
  }
};

const headFacts = ({ profileId: subject, sequence, before, after }: Of<'head'>): Fact[] => {
  if (!after) return [];
  const life = lifeFact(before, after);
  const [base, at] = [{ subject, sequence }, after.updatedAt];
  if (life) {
    const data = { profileId: subject, version: after.version };
    const merged = life === 'profile.merged' ? { ...data, mergedInto: after.mergedInto ?? null } : data;
    return [factOf({ ...base, type: life, at, data: merged })];
  }
  const changed = before && after.life === 'live' ? changedFields(computedOf(before), computedOf(after)) : [];
  if (changed.length === 0) return [];
  return [
    factOf({ ...base, type: 'profile.updated', at, data: { profileId: subject, version: after.version, changed } }),
  ];
};

/** That somebody was seen again is no news. */
const computedOf = (head: Head) => {
  const { lastSeenDate: _seen, ...computed } = headView(head).computed;
  return { computed };
};

const personFacts = ({ profileId: subject, sequence, before, after }: Of<'person'>): Fact[] => {
  if (!after) return [];
  const [base, at] = [{ subject, sequence }, after.updatedAt];
  const { consent, changed, statements } = differencesOf(before ?? nobody, after);
  const updated = { profileId: subject, changed };
  const asked = { profileId: subject, channels: consent };
  return [
    ...(before && changed.length > 0 ? [factOf({ ...base, type: 'profile.updated', at, data: updated })] : []),
    ...(consent.length > 0 ? [factOf({ ...base, type: 'consent.changed', at, data: asked })] : []),
    ...statements.flatMap(statement => confirmationFacts(base, statement)),
  ];
};

const differencesOf = (before: PersonRecord, after: PersonRecord) => {
  const { consent: _was, ...was } = personView(before);
  const { consent: _is, ...is } = personView(after);
  const statements = consentStatements(before, after);
  const consent = [...new Set(statements.flatMap(({ changes }) => Object.keys(changes)))];
  return { consent, changed: changedFields(was, is), statements };
};

const confirmMilliseconds = 7 * 86_400_000;

/** The token goes out with the fact and nowhere else: whoever sends the link needs it. */
const confirmationFacts = (
  { subject, sequence }: { subject: string; sequence: string },
  { at, pending = {} }: ConsentStatement,
): Fact[] => {
  const [token] = Object.values(pending);
  if (token === undefined) return [];
  const expiresAt = new Date(at + confirmMilliseconds).toISOString();
  const data = { profileId: subject, channels: Object.keys(pending), token, expiresAt };
  return [factOf({ type: 'consent.confirmation_requested', subject, sequence, at, data })];
};

const membershipFacts = ({ sequence, before, after }: Of<'membership'>): Fact[] => {
  if (!after || (before?.member ?? false) === after.member) return [];
  const { profileId, segmentId, member, enteredAt, exitedAt = enteredAt } = after;
  const [type, at] = member ? (['segment.entered', enteredAt] as const) : (['segment.exited', exitedAt] as const);
  return [factOf({ type, subject: profileId, sequence, at: Date.parse(at), data: { profileId, segmentId } })];
};

const quarantineFacts = ({ sequence, eventId, before, after }: Of<'quarantined'>): Fact[] => {
  if (before !== undefined || after === undefined) return [];
  const data = { eventId, reason: after };
  return [factOf({ type: 'event.quarantined', subject: eventId, sequence, at: idTime(eventId) ?? 0, data })];
};

/** What is refused because somebody would be joined with too many is to be looked at. */
const alarming = new Set(['merge_storm', 'too_many_identifiers']);

const pairFacts = ({ sequence, before, after }: Of<'pair'>): Fact[] => {
  if (after?.status !== 'blocked' || !alarming.has(after.block ?? '') || before?.block === after.block) return [];
  const [subject, otherId] = after.profileIds;
  const data = { profileId: subject, otherProfileId: otherId, reason: after.block ?? null };
  return [factOf({ type: 'identity.alert', subject, sequence, at: Date.parse(after.updatedAt), data })];
};

const JobState = z.object({
  id: z.string(),
  kind: z.string(),
  subjectId: z.string(),
  status: z.string(),
  updatedAt: z.string(),
  platform: z.string().optional(),
  operation: z.string().optional(),
});

const WebhookState = z.object({
  active: z.boolean(),
  disabled: z.object({ at: z.string(), reason: z.string() }).optional(),
});

const documentFacts = (commit: Of<'document'>): Fact[] => {
  if (commit.document === 'job') return jobFacts(commit);
  return commit.document === 'webhook' ? disabledFacts(commit) : [];
};

/** A job ends once; what is noted of it later is no news. */
const jobFacts = ({ sequence, before, after }: Of<'document'>): Fact[] => {
  const { data: was } = JobState.safeParse(before);
  const { data: is } = JobState.safeParse(after);
  if (!is || was?.status === is.status || (is.status !== 'failed' && is.status !== 'completed')) return [];
  const { id: jobId, kind, subjectId, platform, operation, updatedAt } = is;
  const base = { sequence, at: Date.parse(updatedAt) };
  const failed = { jobId, kind, subjectId };
  const synced = { audienceId: subjectId, syncId: jobId, platform: platform ?? null, operation: operation ?? null };
  const outcome = is.status === 'failed' ? ('audience.failed' as const) : ('audience.synced' as const);
  const isSync = kind === 'audience.sync' && operation !== 'forget';
  return [
    ...(is.status === 'failed' ? [factOf({ ...base, type: 'job.failed', subject: jobId, data: failed })] : []),
    ...(isSync ? [factOf({ ...base, type: outcome, subject: subjectId, data: synced })] : []),
  ];
};

const disabledFacts = ({ id, sequence, before, after }: Of<'document'>): Fact[] => {
  const { data: was } = WebhookState.safeParse(before);
  const { data: is } = WebhookState.safeParse(after);
  if (!is?.disabled || is.active || was?.active !== true) return [];
  const { at, reason } = is.disabled;
  const data = { webhookId: id, reason };
  return [factOf({ type: 'webhook.disabled', subject: id, sequence, at: Date.parse(at), data })];
};
