import type { PersonRecord } from '../../../core/model/profile-state.ts';
import type { Item } from '../../../core/ports/table.ts';
import type { Loop } from '../../fixtures/run-loop.ts';

/** What the table keeps of events and what follows from them: everything but definitions, jobs and the lake's documents. */
export const isDerived = ({ pk }: Pick<Item, 'pk'>): boolean =>
  pk.startsWith('P#') || pk.startsWith('I#') || pk === 'COUNTERS' || pk.startsWith('PROGRESS#');

const withBytes = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;

/**
 * Which messages were folded together is by chance, and so are the names and numbers that follow from it. What must be
 * known of messages is held against the events themselves: a replay of what is there changes nothing at all.
 */
const byWindow = new Set(['version', 'ring', 'ringFrom', 'pages', 'pageDays', 'lastChunk']);
const byDecision = new Set(['profileVersion', 'segmentVersion', 'enteredAt', 'exitedAt']);

const without = (value: unknown, names: ReadonlySet<string>): object =>
  Object.fromEntries(Object.entries(value as object).filter(([name]) => !names.has(name)));

/** When an identifier was first seen, and by whom, is told by the first event that was folded, not by the first that was. */
const personIn = (item: Item): unknown => {
  const { identifiers, ...person } = item.a as unknown as PersonRecord;
  const known = identifiers.map(({ key, type, value }) => ({ key, type, value }));
  return { ...without(person, new Set(['version'])), identifiers: known.sort((a, b) => (a.key < b.key ? -1 : 1)) };
};

/** Who has left a segment on the way to where they are has been there or not, by the order in which events came. */
const isMember = ({ m }: Item): boolean => (m as { member?: boolean }).member === true;

const kept = (item: Item): unknown => {
  if (item.sk === 'H') return without(item.h, byWindow);
  if (item.sk === 'A') return personIn(item);
  if (item.sk.startsWith('O#') || item.pk.startsWith('I#')) return item;
  return item.sk.startsWith('X#') && isMember(item) ? without(item.m, byDecision) : undefined;
};

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(members.map(([name, inner]) => [name, canonical(inner)]));
};

/** Heads, people, orders, identifiers, memberships and counters, byte for byte, by key. */
export const derivedState = async (loop: Loop): Promise<Map<string, string>> => {
  const state = new Map<string, string>();
  for (const item of loop.contents()) {
    const told = isDerived(item) ? kept(item) : undefined;
    if (told !== undefined) state.set(`${item.pk} ${item.sk}`, JSON.stringify(canonical(told), withBytes));
  }
  const { watermark: _watermark, ...totals } = await loop.services.counters.totals();
  state.set('counters', JSON.stringify(canonical(totals)));
  return state;
};

/**
 * Consents that stand and of which the ledger says nothing. What else it says is by the order in which events came: a
 * word that was overtaken before it came has changed nothing.
 */
export const unentered = async (loop: Loop): Promise<string[]> => {
  const missing: string[] = [];
  for (const { pk, sk, a } of loop.contents()) {
    if (sk !== 'A' || !pk.startsWith('P#')) continue;
    const entries = await loop.services.profiles.consentLedger(pk.slice('P#'.length));
    for (const [channel, standing] of Object.entries((a as unknown as PersonRecord).consent)) {
      const granted = standing?.granted;
      const entered = entries.some(({ changes }) => changes[channel as keyof typeof changes] === granted);
      if (!entered) missing.push(`${pk} ${channel} ${granted}`);
    }
  }
  return missing;
};

/** The keys under which two states differ. */
export const differing = (left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): string[] =>
  [...new Set([...left.keys(), ...right.keys()])].filter(key => left.get(key) !== right.get(key));
