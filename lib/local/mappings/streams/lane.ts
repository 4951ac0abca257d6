import { isMap } from '../../assembly/template.ts';
import { Bell } from '../../engines/bell.ts';
import type { InvocationResult } from '../../worker/invocation.ts';
import type { Piece } from './after-failure.ts';
import type { LanePosition } from './checkpoints.ts';
import { type CutRules, cutBatch, type Waiting } from './cut-batch.ts';
import { type Delivery, deliver } from './deliver.ts';
import type { GiveUpCondition } from './failure-destination.ts';
import type { StreamRecord } from './stream-source.ts';
import { windowFields, windowLeft, windowStart } from './tumbling-window.ts';

/** What a lane hands its batches to. */
export interface LaneOptions {
  cut: CutRules;
  delivery: Pick<Delivery, 'rules' | 'runningSince'>;
  /** Members of every event of a mapping with a tumbling window. */
  shardFields: { shardId: string; eventSourceARN: string };
  invoke(event: unknown): Promise<InvocationResult>;
  giveUp(piece: Piece, event: unknown, condition: GiveUpCondition, result: InvocationResult | undefined): Promise<void>;
  /** Called after each change of the position: the moment to keep it. */
  moved(): void;
}

const longestWaitMilliseconds = 60_000;

/** Some of a shard's keys: their records are batched and worked off one batch after the other. */
export class Lane {
  readonly bell = new Bell();
  #options: LaneOptions;
  #position: LanePosition;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #working = false;
  #ended = false;
  /** The last record of the shard that was read, for whichever lane it was. */
  #read: string | undefined;
  #atTip = false;

  constructor(position: LanePosition, options: LaneOptions) {
    this.#position = { ...position };
    this.#options = options;
  }

  /** How far this lane has come; one that has nothing to do has come as far as the shard was read. */
  get position(): LanePosition {
    const idle = this.#waiting.length === 0 && !this.#working;
    return { ...this.#position, ...(idle && this.#read !== undefined && { after: this.#read }) };
  }

  /** The bytes of the records that wait. */
  get waitingBytes(): number {
    return this.#bytes;
  }

  push(record: StreamRecord, readAt: number): void {
    if (this.#position.after !== undefined && BigInt(record.sequence) <= BigInt(this.#position.after)) return;
    this.#waiting.push({ record, readAt });
    this.#bytes += record.bytes;
  }

  /** Told after each page: what was read last, and whether there was nothing more. */
  pageRead(last: string | undefined, atTip: boolean): void {
    this.#read = last ?? this.#read;
    this.#atTip = atTip;
    if (this.#waiting.length > 0) this.bell.ring();
  }

  /** The shard has ended: what waits is all there will be. */
  end(): void {
    this.#ended = true;
    this.bell.ring();
  }

  /** Works until the shard has ended or the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const seen = this.bell.rings;
      const cut = cutBatch(this.#waiting, this.#options.cut, Date.now(), this.#ended);
      const windowMilliseconds = this.#windowLeft();
      if ('count' in cut) await this.#take(cut.count, signal);
      else if (windowMilliseconds <= 0) await this.#closeWindow(signal);
      else if (this.#ended && this.#waiting.length === 0) return;
      else {
        const wait = Math.min(cut.waitMilliseconds, windowMilliseconds, longestWaitMilliseconds);
        await this.bell.wait(seen, wait, signal);
      }
    }
  }

  async #take(count: number, signal: AbortSignal): Promise<void> {
    const records = this.#waiting.slice(0, count).map(({ record }) => record);
    await this.#openWindow(records[0]?.arrivedAt ?? 0, signal);
    if (signal.aborted) return;
    this.#working = true;
    this.#waiting.splice(0, count);
    this.#bytes -= records.reduce((sum, { bytes }) => sum + bytes, 0);
    await deliver(records, this.#delivery(false), signal);
    // After an abort some of them may not be settled: then the lane must not pass for one that has nothing to do.
    if (!signal.aborted) this.#working = false;
    this.#options.moved();
  }

  #delivery(isFinal: boolean): Delivery {
    const { delivery, invoke, giveUp } = this.#options;
    const eventOf = (records: readonly StreamRecord[]): unknown => ({
      Records: records.map(({ event }) => event),
      ...this.#windowFields(isFinal),
    });
    return {
      ...delivery,
      invoke: records => invoke(eventOf(records)),
      giveUp: (piece, condition, result) => giveUp(piece, eventOf(piece.records), condition, result),
      settled: (records, result) => this.#settled(records, result),
    };
  }

  #settled(records: readonly StreamRecord[], result: InvocationResult | undefined): void {
    this.#position.after = records.at(-1)?.sequence ?? this.#position.after;
    if (this.#position.window && result?.kind === 'answered') this.#position.window.state = stateOf(result.json);
    this.#options.moved();
  }

  /** Closes a window in progress that ends before this time, and opens the one of this time. */
  async #openWindow(arrivedAt: number, signal: AbortSignal): Promise<void> {
    const length = this.#options.cut.tumblingMilliseconds;
    if (length === undefined) return;
    const start = windowStart(arrivedAt, length);
    if (this.#position.window && this.#position.window.start < start) await this.#closeWindow(signal);
    this.#position.window ??= { start, state: {} };
  }

  /** For how long the window in progress stays open while nothing arrives. */
  #windowLeft(): number {
    const { tumblingMilliseconds: length } = this.#options.cut;
    const { window } = this.#position;
    if (length === undefined || !window) return Number.POSITIVE_INFINITY;
    if (this.#ended) return 0;
    const left = windowLeft(window, length, Date.now());
    return this.#atTip || left > 0 ? left : longestWaitMilliseconds;
  }

  #windowFields(isFinal: boolean): object {
    const { tumblingMilliseconds: length } = this.#options.cut;
    const { window } = this.#position;
    return length === undefined || !window
      ? {}
      : { ...windowFields(window, length, isFinal), ...this.#options.shardFields };
  }

  /** The last invocation of a window carries no records. It is tried once more when it fails, then the window is over. */
  async #closeWindow(signal: AbortSignal): Promise<void> {
    const { invoke } = this.#delivery(true);
    const first = await invoke([]);
    if (signal.aborted && first.kind !== 'answered') return;
    if (first.kind !== 'answered') await invoke([]);
    this.#position.window = undefined;
    this.#options.moved();
  }
}

/** What a function wants to be given with the next batch of the window. */
const stateOf = (json: string | undefined): unknown => {
  const answer: unknown = json === undefined ? undefined : JSON.parse(json);
  return (isMap(answer) ? answer.state : undefined) ?? {};
};
