import type { PackedColumns } from '../../../../core/model/packed-columns.ts';

/** Rows as they come, by person and time. */
export interface RowBlock {
  people: Uint32Array;
  seconds: Uint32Array;
  types: Uint8Array | Uint16Array;
  channels: Uint8Array;
  currencies: Uint8Array;
  amounts: Int32Array | Float64Array;
}

type Growing = RowBlock & { starts: Uint32Array };

/** Twice the room, with what is in it. */
const grown = <View extends Uint32Array | Uint16Array | Uint8Array | Int32Array | Float64Array>(view: View): View => {
  const larger = new (view.constructor as new (length: number) => View)(view.length * 2);
  larger.set(view);
  return larger;
};

/** Gathers rows into parts of about so many rows, and cuts between people only: half a person would be two. */
export class PartBuilder {
  readonly #rowsAimed: number;
  readonly #emit: (part: PackedColumns) => Promise<void>;
  #room: Growing | undefined;
  #rows = 0;
  #people = 0;

  constructor(rowsAimed: number, emit: (part: PackedColumns) => Promise<void>) {
    this.#rowsAimed = rowsAimed;
    this.#emit = emit;
  }

  async add(block: RowBlock): Promise<void> {
    let start = 0;
    const { people } = block;
    for (let row = 0; row < people.length; row += 1) {
      const isNew = row === 0 ? this.#isNew(people[0]) : people[row] !== people[row - 1];
      if (!isNew) continue;
      if (this.#rows + row - start >= this.#rowsAimed) {
        this.#take(block, start, row);
        await this.#cut();
        start = row;
      }
      this.#begin(block, people[row] ?? 0, this.#rows + row - start);
    }
    this.#take(block, start, people.length);
  }

  async end(): Promise<void> {
    if (this.#rows > 0) await this.#cut();
  }

  #isNew(person: number | undefined): boolean {
    return this.#people === 0 || this.#room?.people[this.#people - 1] !== person;
  }

  #roomFor(block: RowBlock): Growing {
    this.#room ??= {
      people: new Uint32Array(1024),
      starts: new Uint32Array(1024),
      seconds: new Uint32Array(this.#rowsAimed),
      types: block.types.BYTES_PER_ELEMENT === 1 ? new Uint8Array(this.#rowsAimed) : new Uint16Array(this.#rowsAimed),
      channels: new Uint8Array(this.#rowsAimed),
      currencies: new Uint8Array(this.#rowsAimed),
      amounts:
        block.amounts.BYTES_PER_ELEMENT === 4 ? new Int32Array(this.#rowsAimed) : new Float64Array(this.#rowsAimed),
    };
    return this.#room;
  }

  #begin(block: RowBlock, person: number, start: number): void {
    const room = this.#roomFor(block);
    if (this.#people + 2 > room.starts.length)
      Object.assign(room, { people: grown(room.people), starts: grown(room.starts) });
    room.people[this.#people] = person;
    room.starts[this.#people] = start;
    this.#people += 1;
  }

  #take(block: RowBlock, start: number, end: number): void {
    if (start === end) return;
    const room = this.#roomFor(block);
    while (this.#rows + end - start > room.seconds.length) {
      const { seconds, types, channels, currencies, amounts } = room;
      Object.assign(room, {
        seconds: grown(seconds),
        types: grown(types),
        channels: grown(channels),
        currencies: grown(currencies),
        amounts: grown(amounts),
      });
    }
    room.seconds.set(block.seconds.subarray(start, end), this.#rows);
    room.types.set(block.types.subarray(start, end), this.#rows);
    room.channels.set(block.channels.subarray(start, end), this.#rows);
    room.currencies.set(block.currencies.subarray(start, end), this.#rows);
    room.amounts.set(block.amounts.subarray(start, end), this.#rows);
    this.#rows += end - start;
  }

  async #cut(): Promise<void> {
    const room = this.#room;
    if (!room) return;
    room.starts[this.#people] = this.#rows;
    await this.#emit({
      people: room.people.subarray(0, this.#people),
      starts: room.starts.subarray(0, this.#people + 1),
      seconds: room.seconds.subarray(0, this.#rows),
      types: room.types.subarray(0, this.#rows),
      channels: room.channels.subarray(0, this.#rows),
      currencies: room.currencies.subarray(0, this.#rows),
      amounts: room.amounts.subarray(0, this.#rows),
    });
    this.#rows = 0;
    this.#people = 0;
  }
}
