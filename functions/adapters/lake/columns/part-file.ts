import { type FileHandle, open } from 'node:fs/promises';
import {
  columnsOver,
  headerBytes,
  headerOf,
  type PartSize,
  partLayout,
  sizeIn,
} from '../../../../core/engines/columns/part-layout.ts';
import type { PackedColumn, PackedColumns } from '../../../../core/model/packed-columns.ts';

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Writes a part to a new file. */
export const writePart = async (path: string, part: PackedColumns): Promise<void> => {
  const size: PartSize = {
    people: part.people.length,
    rows: part.seconds.length,
    typeBytes: part.types.BYTES_PER_ELEMENT === 1 ? 1 : 2,
    amountBytes: part.amounts.BYTES_PER_ELEMENT === 4 ? 4 : 8,
  };
  const { sections, bytes } = partLayout(size);
  const file = await open(path, 'wx');
  try {
    await file.truncate(bytes);
    await writeAll(file, bytesOf(headerOf(size)), 0);
    for (const [column, { start }] of Object.entries(sections))
      await writeAll(file, bytesOf(part[column as PackedColumn]), start);
  } finally {
    await file.close();
  }
};

const writeAll = async (file: FileHandle, bytes: Uint8Array, start: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, start + done);
    done += bytesWritten;
  }
};

/** Memory that is used again for the same column of one part after the other. */
export class PartMemory {
  readonly #buffers = new Map<PackedColumn, Uint8Array>();

  room(column: PackedColumn, bytes: number): Uint8Array {
    const known = this.#buffers.get(column);
    if (known && known.length >= bytes) return known.subarray(0, bytes);
    const made = new Uint8Array(Math.ceil(bytes / 8) * 8);
    this.#buffers.set(column, made);
    return made.subarray(0, bytes);
  }
}

/** Reads columns of a part; they hold until the memory is used for the next one. @throws Error for a file that is none */
export const readPart = async (
  path: string,
  columns: readonly PackedColumn[],
  memory: PartMemory,
): Promise<PackedColumns> => {
  const file = await open(path, 'r');
  try {
    const header = new Uint32Array(headerBytes / 4);
    await readAll(file, bytesOf(header), 0);
    const size = sizeIn(header);
    const { sections } = partLayout(size);
    const read = new Map<PackedColumn, Uint8Array>();
    for (const column of columns) {
      const { start, bytes } = sections[column];
      const room = memory.room(column, bytes);
      await readAll(file, room, start);
      read.set(column, room);
    }
    return columnsOver(size, column => read.get(column));
  } finally {
    await file.close();
  }
};

const readAll = async (file: FileHandle, room: Uint8Array, start: number): Promise<void> => {
  for (let done = 0; done < room.length; ) {
    const { bytesRead } = await file.read(room, done, room.length - done, start + done);
    if (bytesRead === 0) throw new Error('a part of packed columns ends too early');
    done += bytesRead;
  }
};
