import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { LocalError } from '../../local-error.ts';

/** What is known about an object, written behind its content in the same file. */
export interface ObjectFacts {
  key: string;
  size: number;
  etag: string;
  /** Milliseconds since the epoch. */
  lastModified: number;
  /** Content type, encoding, cache control and `x-amz-meta-*`, as they were sent. */
  headers: Record<string, string>;
}

const lengthDigits = 8;

/** The bytes that end a stored object's file: its facts as JSON, then their length in eight hexadecimal digits. */
export const footer = (facts: ObjectFacts): Buffer => {
  const json = Buffer.from(JSON.stringify(facts));
  return Buffer.concat([json, Buffer.from(json.length.toString(16).padStart(lengthDigits, '0'))]);
};

const read = (descriptor: number, length: number, position: number): string => {
  const bytes = Buffer.alloc(length);
  readSync(descriptor, bytes, 0, length, position);
  return bytes.toString('utf8');
};

/** Reads the facts of a stored object; throws a `LocalError` when the file is no stored object. */
export const readFacts = (file: string): ObjectFacts => {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const length = Number.parseInt(read(descriptor, lengthDigits, size - lengthDigits), 16);
    return JSON.parse(read(descriptor, length, size - lengthDigits - length)) as ObjectFacts;
  } catch {
    throw new LocalError(`${file} is damaged. Remove it, or the state directory to start afresh.`);
  } finally {
    closeSync(descriptor);
  }
};
