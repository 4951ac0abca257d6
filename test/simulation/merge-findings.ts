import { isDeepStrictEqual } from 'node:util';
import { foldWindow } from '../../core/flows/fold-window.ts';
import { reconcileProfile } from '../../core/flows/reconcile-profile.ts';
import { unmergeProfiles } from '../../core/flows/unmerge-profiles.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { matchKey } from '../../core/model/identifier.ts';
import { familyOf, type ProfileState } from '../../core/model/profile-state.ts';
import type { ConsentEntry } from '../../core/ports/profile-store.ts';
import { personalStores } from '../../functions/adapters/stores/personal-stores.ts';
import { unpackHead } from '../../functions/adapters/stores/profile-items.ts';
import { startedAt } from './fold-schedule.ts';
import { customerKey, everybody, isKnown, type MergeSchedule, profileOf, type Somebody } from './merge-schedule.ts';
import { plainRevenue } from './plain-revenue.ts';
import type { Engine } from './run-fold-schedule.ts';
import { type SimulationTools, toolsOver } from './simulation-tools.ts';

type Heads = Map<string, ProfileState['head']>;

const headsIn = async (engine: Engine): Promise<Heads> =>
  new Map(
    [...(await engine.items()).values()]
      .filter(({ pk, sk }) => pk.startsWith('P#') && sk === 'H')
      .map(item => [item.pk.slice('P#'.length), unpackHead(item)]),
  );

const distinct = (events: readonly AcceptedEvent[]): AcceptedEvent[] => [
  ...new Map(events.map(event => [event.messageId, event])).values(),
];

const personOf = ({ identifiers, profileId }: AcceptedEvent): Somebody | undefined =>
  everybody.find(person =>
    profileId === undefined
      ? identifiers.some(one => matchKey(one) === customerKey(person))
      : profileId === profileOf(person),
  );

/** I1 and I4: every claim leads to a live profile that has it, and every live profile has its claims. */
const claimFindings = async (engine: Engine, heads: Heads, { profiles }: SimulationTools): Promise<string[]> => {
  const found: string[] = [];
  const states = await profiles.getMany([...heads.keys()]);
  for (const { pk, profileId } of (await engine.items()).values()) {
    if (!pk.startsWith('I#')) continue;
    const state = states.get(String(profileId));
    if (state?.head.life !== 'live') found.push(`I4: ${pk} leads to ${profileId}, which is ${state?.head.life}`);
    const has = state?.person.identifiers.some(({ key }) => pk === `I#${key}`);
    if (!has) found.push(`I1: ${pk} leads to ${profileId}, which does not have it`);
  }
  for (const state of states.values()) {
    if (state.head.life !== 'live') continue;
    const owners = await profiles.ownersOf(state.person.identifiers.map(({ key }) => key));
    for (const { key } of state.person.identifiers)
      if (owners.get(key) !== state.id) found.push(`I1: ${state.id} has ${key}, which leads to ${owners.get(key)}`);
  }
  return found;
};

/** Every merged profile leads to a live one in one step, which has it among its members; nobody is held. */
const chainFindings = (heads: Heads): string[] => {
  const found: string[] = [];
  for (const [id, head] of heads) {
    if (head.hold !== undefined) found.push(`${id} is held by ${head.hold}`);
    for (const member of head.life === 'live' ? (head.members ?? []) : [])
      if (heads.get(member)?.mergedInto !== id) found.push(`${member} is no part of ${id}`);
    if (head.life !== 'merged') continue;
    const into = heads.get(head.mergedInto ?? '');
    if (into?.life !== 'live' || !into.members?.includes(id))
      found.push(`I4: ${id} leads to ${head.mergedInto}, which is ${into?.life} with ${into?.members}`);
  }
  return found;
};

/** Who is who at the end, of those who were never erased. */
const groupsOf = async (
  heads: Heads,
  erased: ReadonlySet<Somebody>,
  { profiles }: SimulationTools,
): Promise<Map<string, Somebody[]>> => {
  const groups = new Map<string, Somebody[]>();
  const owners = await profiles.ownersOf(everybody.map(customerKey));
  for (const person of everybody) {
    if (erased.has(person)) continue;
    const own = isKnown(person) ? profileOf(person) : owners.get(customerKey(person));
    if (own === undefined) continue;
    const head = heads.get(own);
    const root = head?.life === 'merged' ? (head.mergedInto ?? own) : own;
    groups.set(root, [...(groups.get(root) ?? []), person]);
  }
  return groups;
};

/** Those whose profile was erased: what comes of them afterwards is of no matter. */
const erasedPeople = (heads: Heads): Set<Somebody> =>
  new Set(everybody.filter(person => heads.get(profileOf(person))?.life === 'erased'));

/** Whoever had no profile at first, where somebody was erased: it may have been theirs, and they came again. */
const uncertainPeople = (heads: Heads): Set<Somebody> =>
  new Set([...heads.values()].some(({ life }) => life === 'erased') ? everybody.filter(one => !isKnown(one)) : []);

/** I2, I3: a profile has every event of everybody who is a part of it once, and adds up to what they come to. */
const totalFindings = async (
  name: string,
  id: string,
  sent: readonly AcceptedEvent[],
  { profiles }: SimulationTools,
): Promise<string[]> => {
  const state = await profiles.get(id);
  const must = distinct(sent);
  if (state?.head.life !== 'live') return [`${name}: ${id} is ${state?.head.life}`];
  const messages = (await profiles.events(state)).map(({ messageId }) => messageId).sort();
  const wanted = must.map(({ messageId }) => messageId).sort();
  const { events, purchases, ltv, otherCurrencies } = state.head.counters;
  const plain = plainRevenue(must);
  const { USD = '0', ...others } = plain.sums;
  const is = { messages, events, purchases, ltv, otherCurrencies };
  const should = {
    messages: wanted,
    events: wanted.length,
    purchases: plain.purchases,
    ltv: USD,
    otherCurrencies: others,
  };
  return isDeepStrictEqual(is, should)
    ? []
    : [`${name}: ${id} is ${JSON.stringify(is)} and not ${JSON.stringify(should)}`];
};

/** What was entered into a profile's own part of the ledger, oldest first. */
const ownLedger = async (engine: Engine, id: string): Promise<ConsentEntry[]> =>
  [...(await engine.items()).values()]
    .filter(({ pk, sk }) => pk === `P#${id}` && sk.startsWith('C#'))
    .toSorted((left, right) => (left.sk < right.sk ? -1 : 1))
    .map(({ at, source, changes }) => ({ at, source, changes }) as unknown as ConsentEntry);

/** I13: whoever said yes is on record, and took it back neither later nor, among those who are one, elsewhere. */
const consentFindings = async (engine: Engine, id: string, { profiles }: SimulationTools): Promise<string[]> => {
  const state = await profiles.get(id);
  const found: string[] = [];
  if (!state) return found;
  const ledgers = await Promise.all(familyOf(state).map(one => ownLedger(engine, one)));
  for (const [channel, { granted, at }] of Object.entries(state.person.consent)) {
    if (!granted) continue;
    const said = (entry: ConsentEntry) => entry.changes[channel as keyof typeof entry.changes];
    if (!ledgers.flat().some(entry => said(entry) === true && entry.at <= at))
      found.push(`I13: nothing on record says ${channel} of ${id}`);
    for (const ledger of ledgers) {
      const taken = ledger.find(
        (entry, index) =>
          said(entry) === false && entry.at > at && ledger.slice(0, index).some(one => said(one) === true),
      );
      if (taken) found.push(`I13: ${channel} of ${id} stands although it was taken back at ${taken.at}`);
    }
  }
  return found;
};

const partnerKey = /^(?:P#)(.+)$/;

/** I9: of whoever was erased nothing is left but the tombstone. */
const erasureFindings = async (engine: Engine, heads: Heads): Promise<string[]> => {
  const found: string[] = [];
  const stores = personalStores(engine.table, () => startedAt);
  for (const [id, { life }] of heads) {
    if (life !== 'erased') continue;
    for (const store of Object.values(stores)) await store.sweep({ profileId: id, matchKeys: [] });
    for (const { pk, sk } of (await engine.items()).values()) {
      const owner = partnerKey.exec(pk)?.[1];
      if (owner === id && sk !== 'H') found.push(`I9: ${pk} ${sk} is left`);
      if (sk.startsWith('M#') && owner !== id && heads.get(owner ?? '')?.members?.includes(id))
        found.push(`I9: ${pk} has ${id} as a member`);
    }
  }
  return found;
};

/** I5: the same once more changes nothing. */
const repeatFindings = async (
  sent: readonly AcceptedEvent[],
  engine: Engine,
  tools: SimulationTools,
): Promise<string[]> => {
  const before = await countsOf(engine);
  await foldWindow(sent, tools);
  const after = await countsOf(engine);
  return isDeepStrictEqual(before, after) ? [] : [`I5: what came again changed ${JSON.stringify([before, after])}`];
};

const countsOf = async (engine: Engine): Promise<[string, number, string][]> =>
  [...(await headsIn(engine))]
    .filter(([, { life }]) => life === 'live')
    .map(([id, { counters }]): [string, number, string] => [id, counters.events, counters.ltv])
    .sort(([left], [right]) => (left < right ? -1 : 1));

/** Undoes every merge that stands, the last ones first. */
const partEverybody = async (engine: Engine, tools: SimulationTools): Promise<void> => {
  for (;;) {
    const standing = [...(await headsIn(engine)).values()].flatMap(({ life, merges }) =>
      life === 'live' ? (merges?.at(-1) ?? []) : [],
    );
    if (standing.length === 0) return;
    for (const mergeId of standing) await unmergeProfiles({ mergeId, reason: 'the end', by: 'simulation' }, tools);
  }
};

/** Everything that must hold at the end, by the names of the invariants. */
export const mergeFindings = async (schedule: MergeSchedule, engine: Engine): Promise<string[]> => {
  const tools = toolsOver(engine.table, schedule.writesMax, 'check');
  const heads = await headsIn(engine);
  const erased = erasedPeople(heads);
  const uncertain = uncertainPeople(heads);
  const sent = [...schedule.past, ...schedule.records.flatMap(({ events }) => events)];
  const ofPerson = (people: readonly Somebody[]) => sent.filter(event => people.some(one => personOf(event) === one));
  const found = [...(await claimFindings(engine, heads, tools)), ...chainFindings(heads)];
  const groups = await groupsOf(heads, erased, tools);
  for (const [root, people] of groups) {
    const isCertain = !people.some(person => uncertain.has(person));
    if (isCertain) found.push(...(await totalFindings('I2', root, ofPerson(people), tools)));
    found.push(...(await consentFindings(engine, root, tools)));
    const { differences } = await reconcileProfile(root, tools);
    found.push(...differences.map(({ path, kept, must }) => `I2: ${root}.${path} is ${kept} and not ${must}`));
  }
  found.push(...(await erasureFindings(engine, heads)));
  if (found.length > 0) return found;
  const again = ofPerson(everybody.filter(person => !erased.has(person) && !uncertain.has(person)));
  found.push(...(await repeatFindings(again, engine, tools)));
  await partEverybody(engine, tools);
  const parted = await headsIn(engine);
  found.push(...(await claimFindings(engine, parted, tools)), ...chainFindings(parted));
  for (const [root, people] of await groupsOf(parted, erased, tools))
    if (!people.some(person => uncertain.has(person)))
      found.push(...(await totalFindings('I6', root, ofPerson(people), tools)));
  return [...found, ...(await repeatFindings(again, engine, tools))];
};
