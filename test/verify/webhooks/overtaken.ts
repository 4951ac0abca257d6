import type { Arrival } from '../../fixtures/webhook-loop.ts';

/**
 * How many messages a receiver has taken before an earlier one of the same subject that it was asked to take before and
 * did not. In the order in which they were tried. That somebody was erased is told at once, in place of all that waits.
 */
export const overtaken = (arrivals: readonly Arrival[]): number => {
  const refused = new Map<string, Map<string, string>>();
  let count = 0;
  for (const { id, taken, body } of arrivals.filter(arrival => arrival.body.type !== 'profile.erased')) {
    const subject = id.split('_', 2)[1] ?? '';
    const waiting = refused.get(subject) ?? new Map<string, string>();
    refused.set(subject, waiting);
    if (!taken) waiting.set(id, body.order);
    else {
      waiting.delete(id);
      if ([...waiting.values()].some(order => order < body.order)) count += 1;
    }
  }
  return count;
};
