import { NumberList } from '../number-list.ts';

/** A visit ends with half an hour without an event, and after a day. */
const idleSeconds = 30 * 60;
const lengthSecondsMax = 24 * 3600;

/** The touches of one person in the order of time: each visit has one, the first of its events that tells a channel. */
export class TouchList {
  readonly at = new NumberList();
  readonly channel = new NumberList();
  #begunAt = 0;
  #lastAt = Number.NEGATIVE_INFINITY;
  #isTold = false;

  clear(): void {
    this.at.clear();
    this.channel.clear();
    this.#lastAt = Number.NEGATIVE_INFINITY;
  }

  /** The next event; channel 0 tells none. */
  add(second: number, channel: number): void {
    if (second - this.#lastAt > idleSeconds || second - this.#begunAt > lengthSecondsMax) {
      this.#begunAt = second;
      this.#isTold = false;
    }
    this.#lastAt = second;
    if (this.#isTold || channel === 0) return;
    this.#isTold = true;
    this.at.push(second);
    this.channel.push(channel);
  }
}
