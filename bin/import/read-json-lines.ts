import { createReadStream } from 'node:fs';
import type { Row } from './row.ts';

/** Lines as JSONL has them: only a line feed ends one. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const safeDigits = 15;

const isKept = (number: string): boolean =>
  number.replace(/\D/g, '').length <= safeDigits && Number.isFinite(Number(number));

/** A number with more digits than a binary float keeps becomes text, so that none is lost. */
const keepDigits = (line: string): string =>
  line.replace(stringOrNumber, token => (token.startsWith('"') || isKept(token) ? token : JSON.stringify(token)));

const parse = (line: string): Pick<Row, 'cells' | 'fault'> => {
  try {
    const value: unknown = JSON.parse(keepDigits(line));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { cells: { ...value } };
    return { cells: { line }, fault: 'is not a JSON object' };
  } catch (failure) {
    if (!(failure instanceof SyntaxError)) throw failure;
    return { cells: { line }, fault: `is not JSON: ${failure.message}` };
  }
};

/** Reads a file with one JSON object per line; blank lines do not count. */
export async function* readJsonLines(file: string): AsyncGenerator<Row> {
  let number = 0;
  for await (const raw of linesOf(file)) {
    const line = raw.replace(/^\uFEFF/, '').trim();
    if (line === '') continue;
    number += 1;
    yield { number, ...parse(line) };
  }
}
