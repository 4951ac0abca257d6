import { inOrder, type SessionEvent } from './session-event.ts';
import { idleMilliseconds } from './session-limits.ts';

/**
 * From when on (epoch ms) the sessions of one person are what they are, whatever happened up to `readFrom`, of which
 * nothing is known: behind the first pause that ends every session. `undefined`: from no time on.
 */
export const settledFrom = (events: readonly SessionEvent[], readFrom: number): number | undefined => {
  let before = readFrom;
  for (const { at, isQuiet } of [...events].sort(inOrder)) {
    if (isQuiet) continue;
    if (at - before > idleMilliseconds) return at;
    before = at;
  }
  return undefined;
};
