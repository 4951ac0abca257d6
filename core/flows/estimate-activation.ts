import type { GateSubject } from '../engines/activation/consent-gate.ts';
import { isHeldOut } from '../engines/activation/is-held-out.ts';
import { planSync } from '../engines/activation/plan-sync.ts';
import type { PlanTally } from '../engines/activation/plan-tally.ts';
import { matchKey } from '../model/identifier.ts';
import { isBarred } from '../model/suppression.ts';
import { listPartitions } from '../ports/profile-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { profileKey, type Suppressions } from '../ports/suppressions.ts';
import { belongingIn } from './audience-people.ts';
import { type PeopleTools, peopleOf } from './people-of.ts';
import type { SituationTools, Target } from './plan-people.ts';
import { rulesAt } from './rules-at.ts';
import { snapshotPeople } from './snapshot-people.ts';
import { recipientsSource } from './sync-sources.ts';

export interface EstimateTools
  extends PeopleTools,
    Pick<SituationTools, 'settings' | 'fieldRules' | 'suppressions' | 'sha256' | 'now'> {
  queryEngine: QueryEngine;
}

type Row = Readonly<Record<string, string>>;

/**
 * Plans everybody as the snapshot knows them, in little memory and by the planner that decides while sending: who belongs
 * and who was sent is looked up in lists, and nobody is read one by one. Returns as of when (epoch ms) it holds.
 */
export const estimateActivation = async (
  target: Target,
  tally: PlanTally,
  tools: EstimateTools,
  { beforePage = () => undefined, send = () => undefined }: { beforePage?: () => void; send?: (row: Row) => void } = {},
): Promise<number> => {
  const { audience, platform, active } = target;
  const [members, sent] = [await everybody(listMembers(target, tools)), await everybody(listSent(target, tools))];
  const { requiredConsent, policy, findable } = await rulesAt(audience, platform, tools);
  const percent = audience.holdoutPercent ?? 0;
  let asOf = tools.now().getTime();
  for await (const page of snapshotPeople(tools.queryEngine)) {
    beforePage();
    asOf = Math.min(asOf, page.asOf);
    const concerned = page.people.filter(({ profile: { id } }) => members.has(id) || sent.has(id));
    const barred = await suppressedAmong(concerned, requiredConsent, tools.suppressions);
    for (const subject of concerned) {
      const { id } = subject.profile;
      const row = tally.take(
        planSync({
          person: barred.has(id) ? { ...subject, suppressed: true } : subject,
          ...{ belongs: members.has(id), active, heldOut: isHeldOut(audience.id, id, percent) },
          ...{ held: sent.has(id) ? { state: 'yes', same: true } : { state: 'no' }, place: '' },
          ...{ requiredConsent, policy, findable },
        }),
      );
      if (row) send(row);
      sent.delete(id);
    }
  }
  for (const _gone of sent) tally.take({ operation: 'remove' });
  return asOf;
};

const everybody = async (ids: AsyncIterable<Iterable<string>>): Promise<Set<string>> => {
  const all = new Set<string>();
  for await (const some of ids) for (const id of some) all.add(id);
  return all;
};

async function* listMembers({ audience }: Target, tools: PeopleTools): AsyncGenerator<Iterable<string>> {
  for (let partition = 0; partition < listPartitions; partition += 1) yield belongingIn(audience, partition, tools);
}

async function* listSent({ audience, platform }: Target, tools: PeopleTools): AsyncGenerator<Iterable<string>> {
  for (let partition = 0; partition < listPartitions; partition += 1) {
    let after: string | undefined;
    do {
      const part = { audienceId: audience.id, platform, source: recipientsSource, partition };
      const page = await peopleOf(part, pageSize, after, tools);
      yield page.profileIds;
      after = page.next;
    } while (after !== undefined);
  }
}

const pageSize = 1000;

const keysOf = ({ profile: { id, externalIds } }: GateSubject): string[] => [
  profileKey(id),
  ...(['email', 'phone', 'customerId'] as const).flatMap(type => {
    const value = externalIds[type];
    return value === undefined ? [] : [matchKey({ type, value })];
  }),
];

/** Whose suppression bars what is needed; nothing is looked up where nobody was ever suppressed. */
const suppressedAmong = async (
  people: readonly GateSubject[],
  channels: Parameters<typeof isBarred>[1],
  suppressions: Suppressions,
): Promise<Set<string>> => {
  const { items } = await suppressions.page(1);
  if (items.length === 0) return new Set();
  const standing = await suppressions.of(people.flatMap(keysOf));
  if (standing.size === 0) return new Set();
  const isSuppressed = (one: GateSubject) => keysOf(one).some(key => isBarred(standing.get(key) ?? {}, channels));
  return new Set(people.filter(isSuppressed).map(({ profile: { id } }) => id));
};
