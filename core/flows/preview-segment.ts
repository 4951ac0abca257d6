import type { RouteInput } from '../contract/route.ts';
import type { previewSegment as PreviewRoute } from '../contract/segment-analysis.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { recentRelation } from '../engines/search/recent-rows.ts';
import { identifierColumns, previewQuestion } from '../engines/segments/preview-question.ts';
import { unprocessable } from '../errors.ts';
import type { Condition } from '../language/condition.ts';
import type { FieldPolicy } from '../model/caller.ts';
import { identifierTypes } from '../model/identifier.ts';
import { consentChannels } from '../model/profile.ts';
import { consentColumn } from '../model/profile-snapshot.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { StoredRfmCuts } from '../model/rfm-cuts.ts';
import type { StoredTrait } from '../model/trait.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { RecentProfiles } from '../ports/recent-profiles.ts';
import { resolveSources } from './create-segment.ts';
import { eventsIn, handsIn } from './hands-in.ts';
import { checkDefinition, checkSize, resolveSegment } from './resolve-segment.ts';
import { recentNow } from './search-profiles.ts';
import { checkRulesSeen } from './seen-fields.ts';
import { conditionOf } from './segment-indexes.ts';
import { showProfiles } from './show-profiles.ts';

export interface PreviewTools {
  segments: Collection<StoredSegment>;
  rfmCuts: Collection<StoredRfmCuts>;
  traits: Pick<Collection<StoredTrait>, 'all'>;
  profiles: Pick<ProfileStore, 'getMany'>;
  memberships: MembershipStore;
  recent: Pick<RecentProfiles, 'ids'>;
  queryEngine: QueryEngine;
  now: () => Date;
}

type Body = RouteInput<typeof PreviewRoute>['body'];

const count = (value: unknown): number => Number(value ?? 0);
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part * 1000) / whole) / 10);

/**
 * Whom rules would hold of, counted and shown, without anything being saved. Rules are checked and resolved as those of a
 * segment are.
 *
 * @throws Problem `VALIDATION_FAILED` `FORBIDDEN` for what the caller may not see @throws QueryOverBudget @throws QueryStopped
 */
export const previewSegment = async (
  { sample, ...definition }: Body,
  fieldPolicy: FieldPolicy,
  budget: Pick<QuestionBudget, 'reading'>,
  tools: PreviewTools,
) => {
  const began = tools.now().getTime();
  const condition = await conditionIn(definition, tools);
  checkRulesSeen(condition, fieldPolicy);
  const hands = await handsIn(condition, 'body.rules', tools);
  /** In this order: what is not noted any more stands in the snapshot that is asked. */
  const recent = await recentNow(tools);
  const now = tools.now().getTime();
  const asked = { condition, hands, recent: recentRelationOf(recent), sample, now };
  const { budgetSeconds, signal } = budget.reading();
  const { rows, asOf } = await tools.queryEngine.ask(
    previewQuestion(asked),
    budgetSeconds,
    signal,
    eventsIn(condition, now),
  );
  const ids = rows.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const data = { ...countsIn(rows[0] ?? {}), sample: await shown(ids, tools) };
  const milliseconds = tools.now().getTime() - began;
  const cost = { profilesRead: count(rows[0]?.looked_at), milliseconds };
  return { data: { ...data, cost }, meta: { asOf: new Date(asOf).toISOString() } };
};

const recentRelationOf =
  (rows: Parameters<typeof recentRelation>[0]) => (dialect: Parameters<typeof recentRelation>[1]) =>
    recentRelation(rows, dialect);

const conditionIn = async (definition: Omit<Body, 'sample'>, tools: PreviewTools): Promise<Condition> => {
  if (definition.type === 'manual')
    throw unprocessable('body.type', 'is filled by hand: there are no rules to preview');
  const sources = await resolveSources(tools);
  checkDefinition('segment-preview', definition, sources);
  const resolved = resolveSegment(definition, sources);
  checkSize(resolved);
  return conditionOf({ ...definition, ...resolved });
};

const countsIn = (row: Record<string, unknown>) => {
  const found = count(row.found);
  return {
    count: found,
    ci95: { low: found, high: found },
    identifierCoverage: identifierTypes.map(type => {
      const profiles = count(row[identifierColumns[type]]);
      return { type, profiles, percent: percent(profiles, found) };
    }),
    consentBreakdown: consentChannels.map(channel => {
      const said = consentColumn(channel);
      const [granted, refused] = [count(row[said]), count(row[`no_${said}`])];
      return { channel, granted, refused, unknown: found - granted - refused };
    }),
  };
};

const shown = async (ids: readonly string[], tools: PreviewTools) => {
  const states = await tools.profiles.getMany(ids);
  const live = ids.flatMap(id => states.get(id) ?? []).filter(({ head }) => head.life === 'live');
  return showProfiles(live, tools);
};
