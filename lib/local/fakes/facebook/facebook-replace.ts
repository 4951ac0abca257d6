import type { FakeTools } from '../fake.ts';
import { RowsRefused, type UserRow } from './facebook-rows.ts';

interface SessionGiven {
  session_id?: unknown;
  batch_seq?: unknown;
  last_batch_flag?: unknown;
  estimated_num_total?: unknown;
}

const sessionMilliseconds = 90 * 60 * 1000;

/** Another exchange is under way, or this one is over. */
export class ReplaceRefused extends Error {
  override readonly name = 'ReplaceRefused';
}

const isWhole = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= least;

const sessionIn = (given: unknown) => {
  const { session_id, batch_seq, last_batch_flag, estimated_num_total } = (given ?? {}) as SessionGiven;
  if (!isWhole(session_id, 1)) throw new RowsRefused('session.session_id must be a positive number');
  if (!isWhole(batch_seq, 1)) throw new RowsRefused('session.batch_seq must be a number from 1');
  if (typeof last_batch_flag !== 'boolean') throw new RowsRefused('session.last_batch_flag must be true or false');
  if (!isWhole(estimated_num_total, 0)) throw new RowsRefused('session.estimated_num_total must be a number');
  return { id: String(session_id), sequence: batch_seq, last: last_batch_flag };
};

const stateList = '_sessions';
const stagingOf = (audience: string, session: string): string => `_replacing ${audience} ${session}`;

interface SessionState {
  id: string;
  startedAt: number;
  closed: boolean;
  batches: number[];
}

const stateOf = (audience: string, { store }: FakeTools): SessionState | undefined =>
  store.list(stateList).get(audience) as SessionState | undefined;

const openState = (audience: string, id: string, sequence: number, tools: FakeTools): SessionState => {
  const known = stateOf(audience, tools);
  const isOver = !known || known.closed || known.startedAt + sessionMilliseconds < tools.now();
  if (known?.id === id) {
    if (known.closed && known.batches.includes(sequence)) return known;
    if (isOver) throw new ReplaceRefused('The replace session is closed');
    return known;
  }
  if (!isOver) throw new ReplaceRefused('The audience is undergoing a replace operation');
  return { id, startedAt: tools.now(), closed: false, batches: [] };
};

/** Takes one batch of an exchange; the last one puts all of them in the place of whoever was there. */
export const takeBatch = (
  audience: string,
  given: unknown,
  rows: readonly (readonly [key: string, row: UserRow])[],
  tools: FakeTools,
): string => {
  const { id, sequence, last } = sessionIn(given);
  const state = openState(audience, id, sequence, tools);
  if (state.closed) return id;
  const batches = [...new Set([...state.batches, sequence])].sort((one, other) => one - other);
  if (last && batches.some((number, index) => number !== index + 1)) {
    throw new RowsRefused(`a batch before ${sequence} is missing`);
  }
  const staging = stagingOf(audience, id);
  tools.store.put(staging, [...rows] as [string, UserRow][]);
  if (last) {
    tools.store.clear(audience);
    tools.store.put(audience, [...tools.store.list(staging)]);
    tools.store.clear(staging);
  }
  tools.store.put(stateList, [[audience, { ...state, batches, closed: last }]]);
  return id;
};
