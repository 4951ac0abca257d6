import { emptyColumns, type PackedColumn, type PackedColumns } from '../../model/packed-columns.ts';

/** How large a part is, and how many bytes its types and amounts take. */
export interface PartSize {
  people: number;
  rows: number;
  typeBytes: 1 | 2;
  /** 4: a signed whole number; 8: a double. */
  amountBytes: 4 | 8;
}

/** Where a column stands in a part, in bytes. */
export interface Section {
  start: number;
  bytes: number;
}

export interface PartLayout {
  sections: Readonly<Record<PackedColumn, Section>>;
  bytes: number;
}

/** Six whole numbers, padded: a mark, a version, people, rows, bytes of a type, bytes of an amount. */
export const headerBytes = 64;
const [mark, version] = [0x50444350, 1];
const alignment = 8;

const lengthsOf = ({ people, rows, typeBytes, amountBytes }: PartSize): Record<PackedColumn, number> => ({
  people: people * 4,
  starts: (people + 1) * 4,
  seconds: rows * 4,
  types: rows * typeBytes,
  channels: rows,
  currencies: rows,
  amounts: rows * amountBytes,
});

/** Where everything stands in a part: columns one after the other, so that one that is not asked for is not read. */
export const partLayout = (size: PartSize): PartLayout => {
  let end = headerBytes;
  const sections = Object.entries(lengthsOf(size)).map(([name, bytes]): [string, Section] => {
    const start = end;
    end += Math.ceil(bytes / alignment) * alignment;
    return [name, { start, bytes }];
  });
  return { sections: Object.fromEntries(sections) as Record<PackedColumn, Section>, bytes: end };
};

/** The first bytes of a part. */
export const headerOf = ({ people, rows, typeBytes, amountBytes }: PartSize): Uint32Array => {
  const header = new Uint32Array(headerBytes / 4);
  header.set([mark, version, people, rows, typeBytes, amountBytes]);
  return header;
};

/** @throws Error for what is not the beginning of a part */
export const sizeIn = (header: Uint32Array): PartSize => {
  const [found, foundVersion, people = 0, rows = 0, typeBytes, amountBytes] = header;
  if (found !== mark || foundVersion !== version) throw new Error('this is no part of packed columns');
  return { people, rows, typeBytes: typeBytes === 1 ? 1 : 2, amountBytes: amountBytes === 4 ? 4 : 8 };
};

/** The columns of a part over the bytes of their sections; each begins at a multiple of 8 bytes. */
export const columnsOver = (
  size: PartSize,
  bytesOf: (column: PackedColumn) => { buffer: ArrayBufferLike; byteOffset: number } | undefined,
): PackedColumns => {
  const { people, rows } = size;
  const over = <View>(
    column: PackedColumn,
    View: new (buffer: ArrayBufferLike, start: number, length: number) => View,
    length: number,
  ): View | undefined => {
    const bytes = bytesOf(column);
    return bytes && new View(bytes.buffer, bytes.byteOffset, length);
  };
  const types = size.typeBytes === 1 ? over('types', Uint8Array, rows) : over('types', Uint16Array, rows);
  const amounts = size.amountBytes === 4 ? over('amounts', Int32Array, rows) : over('amounts', Float64Array, rows);
  const none = emptyColumns();
  return {
    people: over('people', Uint32Array, people) ?? none.people,
    starts: over('starts', Uint32Array, people + 1) ?? none.starts,
    seconds: over('seconds', Uint32Array, rows) ?? none.seconds,
    types: types ?? none.types,
    channels: over('channels', Uint8Array, rows) ?? none.channels,
    currencies: over('currencies', Uint8Array, rows) ?? none.currencies,
    amounts: amounts ?? none.amounts,
  };
};
