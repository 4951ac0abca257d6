/**
 * Events as columns of numbers, person by person and each person's in the order of time. A part holds whole people:
 * nobody is in two of them.
 */
export interface PackedColumns {
  /** The number of each person; equal in all parts that belong together. */
  people: Uint32Array;
  /** The events of the person at `i` are those from `starts[i]` up to, but not including, `starts[i + 1]`. */
  starts: Uint32Array;
  /** Seconds since 1970. */
  seconds: Uint32Array;
  /** Each a place in `PackedCodes`. */
  types: Uint8Array | Uint16Array;
  channels: Uint8Array;
  currencies: Uint8Array;
  /** In minor units of the currency, 0 where there is none. */
  amounts: Int32Array | Float64Array;
}

export type PackedColumn = keyof PackedColumns;

/** What the numbers mean. An empty text: the event tells none. */
export interface PackedCodes {
  types: string[];
  channels: string[];
  currencies: string[];
}

/** Those columns of a part that were asked for; the others are empty. */
export const emptyColumns = (): PackedColumns => ({
  people: new Uint32Array(),
  starts: new Uint32Array(),
  seconds: new Uint32Array(),
  types: new Uint8Array(),
  channels: new Uint8Array(),
  currencies: new Uint8Array(),
  amounts: new Int32Array(),
});
