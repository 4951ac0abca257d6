import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { headView } from '../../core/engines/profiles/profile-view.ts';
import { groupOf, scoresAsFields } from '../../core/engines/segments/rfm-scores.ts';
import { cutScores } from '../../core/flows/cut-scores.ts';
import { projectSnapshot } from '../../core/flows/project-snapshot.ts';
import { rewriteSnapshot } from '../../core/flows/rewrite-snapshot.ts';
import { rfmGroups } from '../../core/language/condition.ts';
import { matches } from '../../core/language/matches.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { rfmCutsId } from '../../core/model/rfm-cuts.ts';
import { log } from '../../functions/kit/log.ts';
import { Loop } from '../fixtures/run-loop.ts';
import type { Verify } from './run.ts';

interface Purchase {
  customerId: string;
  at: number;
  cents: number;
}

const purchasesIn = (file: string, customersMax: number): Purchase[] => {
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  const purchases = rows.map((row): Purchase => {
    const [customerId = '', date = '', , amount = ''] = row.trim().split(',');
    return { customerId, at: Date.parse(date), cents: Math.round(Number(amount) * 100) };
  });
  const some = new Set([...new Set(purchases.map(({ customerId }) => customerId))].slice(0, customersMax));
  return purchases.filter(({ customerId }) => some.has(customerId));
};

const eventOf = ({ customerId, at, cents }: Purchase, place: number): AcceptedEvent => {
  const [id, timestamp] = [`event-${String(place).padStart(10, '0')}`, new Date(at).toISOString()];
  const identifiers = [{ type: 'customerId' as const, value: customerId }];
  return {
    ...{ id, messageId: id, type: 'purchase', timestamp, receivedAt: timestamp, identifiers },
    properties: { amount: cents / 100 },
  };
};

/** By the file alone: of each customer when they last bought, how often, and for how much. */
const plainly = (purchases: readonly Purchase[]): Map<string, [number, number, number]> => {
  const found = new Map<string, [number, number, number]>();
  for (const { customerId, at, cents } of purchases) {
    const [last, count, sum] = found.get(customerId) ?? [0, 0, 0];
    found.set(customerId, [Math.max(last, at), count + 1, sum + cents]);
  }
  return new Map([...found].map(([id, [last, count, cents]]) => [id, [last, count, cents / 100]]));
};

const cutsOf = (values: number[]): number[] => {
  const sorted = values.sort((left, right) => left - right);
  return [0.2, 0.4, 0.6, 0.8].map(share => sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
};

const windowEvents = 1000;

const foldAll = async (loop: Loop, events: readonly AcceptedEvent[]): Promise<void> => {
  for (let start = 0; start < events.length; start += windowEvents)
    await loop.fold(events.slice(start, start + windowEvents));
  await projectSnapshot('shard-1', loop.services.commitsIn(loop.changes), loop.services);
  await rewriteSnapshot(loop.services);
};

/**
 * Scores of recency, frequency and monetary value on real purchases (`--data <purchases.csv>`, `--customers <n>` of
 * them): the cuts of the platform against those that the file alone gives, printed, and the group of everybody by the
 * conditions that segments ask against the one that their scores say.
 */
export const verify: Verify = async flags => {
  const options = { data: { type: 'string' }, customers: { type: 'string', default: '1000000' } } as const;
  const { values } = parseArgs({ args: flags, options });
  if (values.data === undefined) return { line: 'rfm: name the purchases with --data <purchases.csv>', holds: false };
  log.setLogLevel('SILENT');
  const purchases = purchasesIn(values.data, Number(values.customers));
  const known = plainly(purchases);
  const loop = new Loop();
  await foldAll(loop, purchases.map(eventOf));
  await cutScores(loop.services);
  const cuts = await loop.services.rfmCuts.get(rfmCutsId);
  const must = [0, 1, 2].map(place => cutsOf([...known.values()].map(one => one[place] ?? 0)));
  const kept = [cuts?.recency ?? [], cuts?.frequency ?? [], cuts?.monetary ?? []];
  for (const [place, name] of ['recency', 'frequency', 'monetary'].entries()) {
    const shown = (kept[place] ?? []).map(cut => (place === 0 ? new Date(cut).toISOString().slice(0, 10) : cut));
    console.log(`${name}: ${shown.join(' | ')}, ${new Set(shown).size + 1} scores`);
  }
  const wrongCuts = JSON.stringify(kept) === JSON.stringify(must) ? 0 : 1;
  const score = (value: number, place: number) => 1 + (must[place] ?? []).filter(cut => cut < value).length;
  const sizes = new Map<string, number>();
  let wrong = 0;
  const asked = rfmGroups.map(group => ({ group, condition: scoresAsFields({ group }, cuts) }));
  for (const { pk, h } of loop.contents().filter(({ sk }) => sk === 'H')) {
    const id = pk.slice('P#'.length);
    const state = h === undefined ? undefined : await loop.services.profiles.get(id);
    const customer = state?.person.identifiers[0]?.value ?? '';
    const [recency = 0, frequency = 0, monetary = 0] = (known.get(customer) ?? []).map(score);
    const inThese = asked.filter(({ condition }) => state && matches(condition, headView(state.head), loop.clock.at));
    const group = groupOf(recency, frequency, monetary);
    if (inThese.length !== 1 || inThese[0]?.group !== group) wrong += 1;
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  console.log(rfmGroups.map(group => `${group} ${sizes.get(group) ?? 0}`).join(', '));
  return {
    line: `rfm: ${purchases.length} purchases of ${known.size} customers, cuts as the file gives: ${wrongCuts === 0}, ${wrong} in another group than their scores say`,
    holds: wrongCuts === 0 && wrong === 0 && known.size > 0,
  };
};
