import type { AsideEvent } from '../../../core/ports/quarantine.ts';
import { ConditionRefused, type Item, type Table } from '../../../core/ports/table.ts';
import { keyId } from '../table/key-id.ts';
import { attemptOf, heldItem, keyOfEvent } from './quarantine-items.ts';

const triesMax = 20;

/** Keeps events aside. What is there already is replaced only by a later try of the same event. `now`: epoch ms. */
export const addAside = async (table: Table, aside: readonly AsideEvent[], now: number): Promise<void> => {
  const newest = [...latestTries(aside).values()];
  const done = await table.writeEach(
    newest.map(one => ({ kind: 'put', item: heldItem(one, now), when: [{ attribute: 'pk', is: 'absent' }] })),
  );
  for (const [index, one] of newest.entries()) if (!done[index]) await bringBack(table, one, now);
};

/** One window may bring an event more than once. */
const latestTries = (aside: readonly AsideEvent[]): Map<string, AsideEvent> => {
  const latest = new Map<string, AsideEvent>();
  for (const one of aside) {
    const id = keyId(keyOfEvent(one.event));
    const known = latest.get(id);
    if (!known || attemptOf(known.event) < attemptOf(one.event)) latest.set(id, one);
  }
  return latest;
};

/** An event that was redriven and has failed once more; its earlier tries are over. */
const bringBack = async (table: Table, aside: AsideEvent, now: number): Promise<void> => {
  const attempt = attemptOf(aside.event);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const item = await table.get(keyOfEvent(aside.event), true);
    if (!item || isOver(item, attempt) || (await replaced(table, item, aside, now))) return;
  }
  throw new Error(`event ${aside.event.id} in the quarantine is changed all the time`);
};

const isOver = ({ tries, state }: Item, attempt: number): boolean =>
  Number(tries) > attempt || (Number(tries) === attempt && state === 'held');

const replaced = async (table: Table, found: Item, aside: AsideEvent, now: number): Promise<boolean> => {
  const { jobId, outcome, batchId, state, tries } = found;
  const back = heldItem(aside, now);
  const item = { ...back, jobId, outcome, batchId: back.batchId ?? batchId };
  const when = [
    { attribute: 'state', is: '=' as const, value: String(state) },
    { attribute: 'tries', is: '=' as const, value: Number(tries) },
  ];
  try {
    await table.write({ kind: 'put', item, when });
    return true;
  } catch (refusal) {
    if (refusal instanceof ConditionRefused) return false;
    throw refusal;
  }
};
