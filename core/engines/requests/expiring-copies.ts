import type { ExpiringCopy } from '../../model/privacy-request.ts';

const hourMilliseconds = 3_600_000;
const day = 24;

/** What keeps copies for a while that nobody can take anything out of, and for how many hours at most. */
const copies: readonly { store: string; holds: string; hours: number }[] = [
  { store: 'eventStream', holds: 'events as they were accepted', hours: 7 * day },
  { store: 'tableStream', holds: 'changes of the table, the removal included', hours: day },
  { store: 'tableBackups', holds: 'the table as it was; whoever restores it erases again', hours: 35 * day },
  { store: 'failedRecords', holds: 'batches that a worker could not work off', hours: 30 * day },
  { store: 'deadLetters', holds: 'events that did not fit through the stream', hours: 14 * day },
  {
    store: 'lakeFiles',
    holds: 'files that were replaced and may still be read by somebody who began before',
    hours: 3,
  },
];

/**
 * When the copies run out that an erasure cannot reach. Nothing is answered from them, and what they hold of events is
 * refused when it comes back.
 *
 * @param at epoch ms of the last look for what is left
 */
export const expiringCopies = (at: number): ExpiringCopy[] =>
  copies.map(({ hours, ...copy }) => ({ ...copy, until: new Date(at + hours * hourMilliseconds).toISOString() }));
