/** Whole numbers, one after the other, in memory that is used again. */
export class NumberList {
  #room = new Uint32Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#room.length) {
      const larger = new Uint32Array(this.#room.length * 2);
      larger.set(this.#room);
      this.#room = larger;
    }
    this.#room[this.length] = value;
    this.length += 1;
  }

  at(place: number): number {
    return this.#room[place] ?? 0;
  }

  clear(): void {
    this.length = 0;
  }

  /** The numbers by themselves, as they can be told to another thread. */
  taken(): Uint32Array {
    return this.#room.slice(0, this.length);
  }
}
