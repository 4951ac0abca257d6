import type { RowAt } from './read-csv-rows.ts';
import type { Row } from './row.ts';

/** Lines as JSONL has them: only a line feed ends one. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<{ line: string; end: number }> {
  let rest = '';
  let end = 0;
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      end += line.length + 1;
      yield { line, end };
    }
  }
  yield { line: rest, end: end + rest.length };
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

interface JsonReading {
  /** What a piece of the text says, where the text stands for bytes. */
  decode?: (text: string) => string;
  /** How many rows came before. */
  rows?: number;
}

/** Reads text with one JSON object per line; blank lines do not count. */
export async function* readJsonRows(
  pieces: AsyncIterable<string>,
  { decode = text => text, rows = 0 }: JsonReading = {},
): AsyncGenerator<RowAt> {
  let number = rows;
  for await (const { line: raw, end } of linesOf(pieces)) {
    const line = decode(raw)
      .replace(/^\uFEFF/, '')
      .trim();
    if (line === '') continue;
    number += 1;
    yield { number, ...parse(line), end };
  }
}
