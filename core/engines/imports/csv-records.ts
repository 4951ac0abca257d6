/** One record of CSV text. */
export interface CsvRecord {
  fields: string[];
  /** Where the next record begins, in characters of the whole text. */
  end: number;
  /** Why the record is not CSV; its fields are then those of its first line, split as they stand. */
  fault?: string;
}

/** How a file separates cells and lines. */
export interface CsvDialect {
  delimiter: string;
  newline: '\n' | '\r';
}

/** Past this a quote that never closes is not waited for any longer: it spoils its own line and no other. */
const recordCharactersMax = 1_000_000;

const delimiters = [',', ';', '\t', '|'];

/** The end of the first line; a lone carriage return is one only where no line feed follows. */
const firstLineEnd = /\r?\n|\r(?!\n|$)/;

/** The dialect of a file, by its header line. */
export const dialectOf = (start: string): CsvDialect => {
  const newline = firstLineEnd.exec(start)?.[0] === '\r' ? '\r' : '\n';
  const header = (start.split(newline, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (delimiter: string): number => header.split(delimiter).length;
  const delimiter = delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
  return { delimiter, newline };
};

interface Found extends Omit<CsvRecord, 'end'> {
  /** Where the next record begins. */
  next: number;
}

interface Line {
  text: string;
  next: number;
}

const lineFrom = (text: string, from: number, newline: string): Line => {
  const end = text.indexOf(newline, from);
  const line = end < 0 ? text.slice(from) : text.slice(from, end);
  return { text: line.endsWith('\r') ? line.slice(0, -1) : line, next: end < 0 ? text.length : end + 1 };
};

/** Where the closing quote stands, or -1; `from` is behind the opening one. */
const closingQuote = (text: string, from: number): number => {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
};

const spoilt = (text: string, start: number, { delimiter, newline }: CsvDialect, fault: string): Found => {
  const line = lineFrom(text, start, newline);
  return { fields: line.text.split(delimiter), fault, next: line.next };
};

/** Reads a record that holds quotes; `undefined` where the text ends within a quoted field. */
const quotedRecord = (text: string, start: number, dialect: CsvDialect): Found | undefined => {
  const { delimiter, newline } = dialect;
  const fields: string[] = [];
  for (let at = start; ; ) {
    const close = text[at] === '"' ? closingQuote(text, at + 1) : undefined;
    if (close === -1) return undefined;
    const rest = lineFrom(text, close === undefined ? at : close + 1, newline);
    const cut = rest.text.indexOf(delimiter);
    const bare = cut < 0 ? rest.text : rest.text.slice(0, cut);
    if (close !== undefined && bare !== '') return spoilt(text, start, dialect, 'has text after a closing quote');
    fields.push(close === undefined ? bare : text.slice(at + 1, close).replaceAll('""', '"'));
    if (cut < 0) return { fields, next: rest.next };
    at = (close === undefined ? at : close + 1) + cut + 1;
  }
};

const recordAt = (text: string, start: number, dialect: CsvDialect, final: boolean): Found | undefined => {
  const line = lineFrom(text, start, dialect.newline);
  const whole = final || text[line.next - 1] === dialect.newline;
  if (!line.text.includes('"')) {
    return whole ? { fields: line.text.split(dialect.delimiter), next: line.next } : undefined;
  }
  const record = quotedRecord(text, start, dialect);
  const complete = record !== undefined && (final || text[record.next - 1] === dialect.newline);
  if (complete) return record;
  const givenUp = final || text.length - start > recordCharactersMax;
  return givenUp && whole ? spoilt(text, start, dialect, 'has a quote that is not closed') : undefined;
};

/**
 * Splits CSV text (RFC 4180), which may come in pieces, into records. A broken record spoils its own line only. The
 * dialect is found out from the first line, unless it is known.
 */
export async function* csvRecords(pieces: AsyncIterable<string>, known?: CsvDialect): AsyncGenerator<CsvRecord> {
  let dialect = known;
  let rest = '';
  let before = 0;
  for await (const piece of pieces) {
    rest += piece;
    if (dialect === undefined && !firstLineEnd.test(rest)) continue;
    dialect ??= dialectOf(rest);
    const taken = yield* completeRecords(rest, { dialect, final: false, before });
    rest = rest.slice(taken);
    before += taken;
  }
  yield* completeRecords(rest, { dialect: dialect ?? dialectOf(rest), final: true, before });
}

interface Cutting {
  dialect: CsvDialect;
  /** Nothing comes after this text. */
  final: boolean;
  /** How many characters came before it. */
  before: number;
}

function* completeRecords(text: string, { dialect, final, before }: Cutting): Generator<CsvRecord, number> {
  let at = 0;
  while (at < text.length) {
    const record = recordAt(text, at, dialect, final);
    if (!record) break;
    const { next, ...found } = record;
    at = next;
    yield { ...found, end: before + at };
  }
  return at;
}
