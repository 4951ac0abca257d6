import { isDeepStrictEqual } from 'node:util';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { matchKey } from '../../core/model/identifier.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import { listPartitions, type ProfileStore } from '../../core/ports/profile-store.ts';
import type { Item, Table } from '../../core/ports/table.ts';
import { unpackHead } from '../../functions/adapters/stores/profile-items.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { type ExpectedProfile, expectedProfile } from './expected-profile.ts';
import { type FoldSchedule, known, type SimulatedPerson, startedAt } from './fold-schedule.ts';

/** What is wrong after a schedule; empty lists where nothing is. */
export interface FindingsOf {
  /** Messages that were accepted and are nowhere. */
  lost: string[];
  /** Messages whose effect is there twice. */
  duplicated: string[];
  /** Everything else that differs from the plain reading. */
  wrong: string[];
}

const isOf = (event: AcceptedEvent, { profileId, identifiers: [first] }: SimulatedPerson): boolean =>
  profileId === undefined
    ? first !== undefined && event.identifiers.some(one => matchKey(one) === matchKey(first))
    : event.profileId === profileId;

const everyProfileId = async (profiles: ProfileStore): Promise<string[]> => {
  const pages = await Promise.all(
    Array.from({ length: listPartitions }, (_, partition) => profiles.listPartition(partition, 1000)),
  );
  return pages.flatMap(page => page.ids);
};

/** What a profile really holds, in the form of what is expected. */
const actualProfile = async (profiles: ProfileStore, state: ProfileState): Promise<ExpectedProfile> => {
  const { counters } = state.head;
  const { customFields, tags: _tags, ...plain } = state.person.attributes;
  return {
    messages: (await profiles.events(state)).map(event => event.messageId).sort(),
    identifiers: state.person.identifiers.map(one => one.key).sort(),
    events: counters.events,
    purchases: counters.purchases,
    ltv: counters.ltv,
    otherCurrencies: counters.otherCurrencies,
    firstSeenAt: counters.firstSeenAt,
    lastSeenAt: counters.lastSeenAt,
    lastPurchaseAt: counters.lastPurchaseAt,
    newestDay: counters.newestDay?.types ?? {},
    fields: { ...plain, ...customFields },
    consent: Object.fromEntries(
      Object.entries(state.person.consent).map(([name, standing]) => [name, standing?.granted]),
    ),
  };
};

const withoutNulls = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/** Elements that stand more than once. */
const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

/** Collects what is wrong with one schedule. */
class Findings {
  readonly found: FindingsOf = { lost: [], duplicated: [], wrong: [] };

  compare(who: string, expected: ExpectedProfile, actual: ExpectedProfile): void {
    const { lost, duplicated, wrong } = this.found;
    lost.push(...expected.messages.filter(message => !actual.messages.includes(message)));
    duplicated.push(...repeated(actual.messages));
    const same = { ...expected, fields: withoutNulls(expected.fields) };
    for (const name of Object.keys(same) as (keyof ExpectedProfile)[]) {
      if (isDeepStrictEqual(same[name], actual[name])) continue;
      wrong.push(`${who}: ${name} is ${JSON.stringify(actual[name])} and not ${JSON.stringify(same[name])}`);
    }
    if (actual.events > expected.events) duplicated.push(`${who}: ${actual.events} events of ${expected.events}`);
    if (actual.events < expected.events) lost.push(`${who}: ${actual.events} events of ${expected.events}`);
  }

  expect(holds: boolean, otherwise: string): void {
    if (!holds) this.found.wrong.push(otherwise);
  }
}

/** Compares what the stores hold at the end with a plain reading of all that was sent. */
export const findings = async (
  { people, records }: FoldSchedule,
  table: Table,
  items: ReadonlyMap<string, Item>,
): Promise<FindingsOf> => {
  const profiles = tableProfileStore(table);
  const all = new Findings();
  const sent = records.flatMap(({ events }) => events);
  const foldable = sent.filter(event => event.quarantine === undefined);
  const expectedIds: string[] = [];
  for (const person of people) {
    const own = foldable.filter(event => isOf(event, person));
    const owners = await profiles.ownersOf(person.identifiers.map(matchKey));
    all.expect(
      new Set(owners.values()).size <= 1,
      `${JSON.stringify([...owners])} is one person with several profiles`,
    );
    const id = person.profileId ?? [...owners.values()][0];
    if (id === known.erased || id === known.leaving || id === 'profile-none') continue;
    const state = id === undefined ? undefined : await profiles.get(id);
    if (own.length === 0 && !state) continue;
    if (!state) {
      all.found.lost.push(...own.map(event => event.messageId));
      continue;
    }
    expectedIds.push(state.id);
    all.expect(state.head.life === 'live', `${state.id} is ${state.head.life} and has claims`);
    const expected = expectedProfile(own, person, person.profileId === undefined ? undefined : startedAt);
    all.compare(state.id, expected, await actualProfile(profiles, state));
    const claimed = [...owners.keys()].sort();
    all.expect(isDeepStrictEqual(claimed, expected.identifiers), `${state.id} has the claims ${claimed}`);
    await checkLedger(all, profiles, state);
  }
  const listed = (await everyProfileId(profiles)).sort();
  all.expect(isDeepStrictEqual(listed, expectedIds.sort()), `the profiles are ${listed} and not ${expectedIds}`);
  checkAside(all, sent, items);
  checkPartitions(all, items);
  return all.found;
};

/** Every consent that stands was entered into the ledger. */
const checkLedger = async (all: Findings, profiles: ProfileStore, { id, person }: ProfileState): Promise<void> => {
  const entries = await profiles.consentLedger(id);
  for (const [channel, standing] of Object.entries(person.consent)) {
    const granted = standing?.granted === true;
    const entered = entries.some(({ changes }) => changes[channel as keyof typeof changes] === granted);
    all.expect(entered, `${id}: nothing in the ledger says ${channel} ${granted}`);
  }
};

/** What names the one who leaves is swept, sooner or later; of who was erased nothing is kept, broken or not. */
const isAside = ({ quarantine, profileId }: AcceptedEvent): boolean =>
  profileId !== known.leaving &&
  profileId !== known.erased &&
  (quarantine !== undefined || profileId === 'profile-none');

/** What cannot be folded is kept aside, and nothing else is. */
const checkAside = ({ found }: Findings, sent: readonly AcceptedEvent[], items: ReadonlyMap<string, Item>): void => {
  const kept = new Set([...items.values()].filter(({ pk }) => pk.startsWith('Q#')).map(({ sk }) => sk));
  found.lost.push(...sent.filter(event => isAside(event) && !kept.has(event.id)).map(event => event.messageId));
  const foldable = sent.filter(event => !isAside(event) && event.profileId !== known.leaving);
  const astray = foldable.filter(event => kept.has(event.id));
  found.wrong.push(...astray.map(event => `${event.messageId} is kept aside`));
};

/** Nothing is left of the erased, and nobody leaves anything in a partition without a head. */
const checkPartitions = (all: Findings, items: ReadonlyMap<string, Item>): void => {
  for (const { pk, sk } of items.values()) {
    if (!pk.startsWith('P#')) continue;
    all.expect(items.has(`${pk} H`), `${pk} ${sk} belongs to no profile`);
    const erased = [known.erased, known.leaving].some(id => pk === `P#${id}`);
    all.expect(!erased || sk === 'H', `${pk} ${sk} is left of an erased person`);
  }
  for (const id of [known.erased, known.leaving]) {
    const item = items.get(`P#${id} H`);
    const head = item && unpackHead(item);
    all.expect(head?.life === 'erased' && head.counters.events === 0, `the head of ${id} is ${JSON.stringify(head)}`);
  }
};
