import { pause } from '../../pause.ts';
import type { InvocationResult } from '../../worker/invocation.ts';
import { afterFailure, type Piece, type RetryRules } from './after-failure.ts';
import { failedFrom } from './failed-from.ts';
import type { GiveUpCondition } from './failure-destination.ts';
import type { StreamRecord } from './stream-source.ts';

/** How a batch is handed over, and who is told what became of it. */
export interface Delivery {
  rules: RetryRules & { reportsItemFailures: boolean; recordAgeMaxMilliseconds: number };
  /** Records that are older than this machine has been running are as old as that: it may have been switched off. */
  runningSince: number;
  invoke(records: readonly StreamRecord[]): Promise<InvocationResult>;
  /** Called in the order of the records, after the function's answer; what it was told of never comes again. */
  settled(records: readonly StreamRecord[], result: InvocationResult | undefined): void;
  giveUp(piece: Piece, condition: GiveUpCondition, result: InvocationResult | undefined): Promise<void>;
}

const backOffMaxMilliseconds = 5000;

const backOff = (failures: number): number => Math.min(100 * 2 ** failures, backOffMaxMilliseconds);

const ageOf = ({ arrivedAt }: StreamRecord, { runningSince }: Delivery): number =>
  Date.now() - Math.max(arrivedAt, runningSince);

/** Gives up what has become too old; answers what is left of the piece. */
const withoutExpired = async (piece: Piece, delivery: Delivery): Promise<Piece> => {
  const { recordAgeMaxMilliseconds } = delivery.rules;
  const fresh = piece.records.findIndex(record => ageOf(record, delivery) <= recordAgeMaxMilliseconds);
  if (fresh === 0) return piece;
  const records = fresh < 0 ? piece.records : piece.records.slice(0, fresh);
  await delivery.giveUp({ ...piece, records }, 'RecordAgeExceeded', undefined);
  delivery.settled(records, undefined);
  return { ...piece, records: piece.records.slice(records.length) };
};

/** Hands over one piece; answers the pieces that come again in its place. */
const handOver = async (piece: Piece, delivery: Delivery, signal: AbortSignal): Promise<Piece[]> => {
  const result = await delivery.invoke(piece.records);
  if (signal.aborted && result.kind !== 'answered') return [];
  const from = failedFrom(result, piece.records, delivery.rules.reportsItemFailures);
  if (from === undefined) {
    delivery.settled(piece.records, result);
    return [];
  }
  const { done, again, givenUp } = afterFailure(piece, from, delivery.rules);
  if (done.length > 0) delivery.settled(done, result);
  if (givenUp) {
    await delivery.giveUp(givenUp, 'RetryAttemptsExhausted', result);
    delivery.settled(givenUp.records, result);
  }
  if (again.length > 0) await pause(backOff(again[0]?.failures ?? 0), signal);
  return again;
};

/**
 * Hands a batch to the function until each of its records is done or given up. Records keep their order: nothing
 * behind a record is handed over before that record is settled.
 */
export const deliver = async (
  records: readonly StreamRecord[],
  delivery: Delivery,
  signal: AbortSignal,
): Promise<void> => {
  const pieces: Piece[] = [{ records: [...records], failures: 0, invocations: 0 }];
  for (let piece = pieces.shift(); piece && !signal.aborted; piece = pieces.shift()) {
    const fresh = await withoutExpired(piece, delivery);
    if (fresh.records.length > 0) pieces.unshift(...(await handOver(fresh, delivery, signal)));
  }
};
