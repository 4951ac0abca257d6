import type { resolveIdentity as resolveIdentityRoute } from '../contract/matching.ts';
import type { RouteData, RouteInput } from '../contract/route.ts';
import { decidePair } from '../engines/identity/decide-pair.ts';
import { areDifferentCustomers, isKnown, matchSettingsOf } from '../engines/identity/profile-record.ts';
import { blankProfile } from '../engines/profiles/commit-events.ts';
import { resolveSubjects, type Subject } from '../engines/profiles/resolve-subjects.ts';
import { writePerson } from '../engines/profiles/write-person.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { byStrength, type Identifier, impliedIdentifiers, matchKey, whyUnusable } from '../model/identifier.ts';
import { type IdentityConfig, isBlockedBy } from '../model/identity-config.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Cached } from './cached.ts';
import { compareProfiles, findMatches, type MatchTools } from './find-matches.ts';
import type { JudgeFor } from './match-model.ts';

type Body = RouteInput<typeof resolveIdentityRoute>['body'];
type Resolution = RouteData<typeof resolveIdentityRoute>;
type Trace = Resolution['trace'];

interface ResolveTools extends MatchTools {
  profiles: ProfileStore;
  identityConfig: Cached<IdentityConfig>;
  matchModel: Cached<JudgeFor>;
  autoMerge: boolean;
  now: () => Date;
}

/** Tells where an event with these identifiers and attributes would go, and what would follow. Writes nothing. */
export const resolveIdentity = async (body: Body, tools: ResolveTools): Promise<Resolution> => {
  const config = await tools.identityConfig.get();
  const named = [...body.identifiers, ...impliedIdentifiers(body.attributes)];
  const trace: Trace = named.flatMap(identifier => ignoredLine(identifier, config) ?? []);
  const usable = named.filter(one => ignoredLine(one, config) === undefined).sort(byStrength);
  const { owners, states } = await ownersAmong(usable, tools);
  trace.push(...usable.map(identifier => ownerLine(identifier, owners)));
  const subject = subjectOf(usable, owners, states, config, tools.now());
  if (subject?.profileId === undefined) return asNewcomer(body, usable, trace, config, tools);
  return asKnown(subject, states, trace, config, tools);
};

const ignoredLine = (identifier: Identifier, config: IdentityConfig): Trace[number] | undefined => {
  const reason = whyUnusable(identifier) ?? (isBlockedBy(identifier, config) ? 'is blocked' : undefined);
  return reason === undefined
    ? undefined
    : { step: 'identifier', type: identifier.type, outcome: `ignored: ${reason}` };
};

const ownerLine = (identifier: Identifier, owners: ReadonlyMap<string, string>): Trace[number] => {
  const profileId = owners.get(matchKey(identifier));
  const line = { step: 'identifier' as const, type: identifier.type };
  return profileId === undefined
    ? { ...line, outcome: 'nobody has it' }
    : { ...line, outcome: 'belongs to', profileId };
};

const ownersAmong = async (identifiers: readonly Identifier[], { profiles }: ResolveTools) => {
  const owners = await profiles.ownersOf(identifiers.map(matchKey));
  return { owners, states: await profiles.getMany([...new Set(owners.values())]) };
};

const subjectOf = (
  identifiers: readonly Identifier[],
  owners: ReadonlyMap<string, string>,
  states: ReadonlyMap<string, ProfileState>,
  config: IdentityConfig,
  now: Date,
): Subject | undefined => {
  const at = now.toISOString();
  const event: AcceptedEvent = {
    ...{ id: 'event', messageId: 'message', type: 'identify', timestamp: at, receivedAt: at },
    identifiers: [...identifiers],
    properties: {},
  };
  const claims = {
    ownerOf: (key: string) => owners.get(key),
    identifiersOf: (id: string) => states.get(id)?.person.identifiers ?? [],
  };
  return resolveSubjects([event], claims, config)[0];
};

/** Somebody is there; others whose identifiers were named would be joined with them, or proposed. */
const asKnown = async (
  { profileId = '', ties, newIdentifiers }: Subject,
  states: ReadonlyMap<string, ProfileState>,
  trace: Trace,
  config: IdentityConfig,
  tools: ResolveTools,
): Promise<Resolution> => {
  const state = states.get(profileId);
  trace.push(...newIdentifiers.map(({ type }) => ({ step: 'limit' as const, type, outcome: 'would be attached' })));
  const model = (await tools.matchModel.get())(config);
  const decisions = ties.flatMap(tie => {
    const other = states.get(tie.otherId);
    if (!state || !other) return [];
    const facts = {
      match: compareProfiles(state, other, model, config),
      ties: [tie],
      differentCustomers: areDifferentCustomers(state.person, other.person),
      bothKnown: isKnown(state.person) && isKnown(other.person),
      saidInBrowsers: false,
      autoMerge: tools.autoMerge,
      probabilistic: config.probabilisticMatching,
    };
    return [{ otherId: other.id, ...decidePair(facts, matchSettingsOf(config)) }];
  });
  for (const { otherId, action, score, block } of decisions)
    trace.push({ step: 'pair', outcome: block ?? action, profileId: otherId, score });
  const joined = decisions.filter(({ action }) => action === 'merge' || action === 'review');
  if (joined.length === 0) return { decision: 'attach', profileIds: [profileId], score: 100, trace };
  return {
    decision: joined.some(({ action }) => action === 'merge') ? 'merge' : 'review',
    profileIds: [profileId, ...joined.map(({ otherId }) => otherId)],
    score: Math.max(...joined.map(({ score }) => score)),
    trace,
  };
};

/** Nobody is known by the identifiers: a profile would come to be, and be held against those that are alike. */
const asNewcomer = async (
  { attributes = {} }: Body,
  identifiers: readonly Identifier[],
  trace: Trace,
  config: IdentityConfig,
  tools: ResolveTools,
): Promise<Resolution> => {
  const nothing: Resolution = { decision: 'create', profileIds: [], score: 0, trace };
  if (!config.probabilisticMatching) return nothing;
  const at = tools.now().getTime();
  const write = { at, id: 'request', source: 'api', attributes, identifiers };
  const blank = blankProfile('profile', at);
  const newcomer = { ...blank, person: writePerson(blank.person, write) };
  const model = (await tools.matchModel.get())(config);
  const matches = await findMatches(newcomer, config.possibleMatch, model, config, tools);
  for (const { other, match } of matches)
    trace.push({ step: 'candidate', outcome: match.guard ?? match.band, profileId: other.id, score: match.score });
  const [best] = matches;
  if (!best || best.match.score < config.manualReviewThreshold) return { ...nothing, score: best?.match.score ?? 0 };
  const isAlone = tools.autoMerge && best.match.guard === undefined && best.match.score >= config.autoMergeThreshold;
  return {
    decision: isAlone ? 'merge' : 'review',
    profileIds: [best.other.id],
    score: best.match.score,
    trace,
  };
};
