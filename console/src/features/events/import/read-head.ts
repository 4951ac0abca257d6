import Papa from 'papaparse';
import type { FileFormat } from '../../../../../core/model/import-spec.ts';
import { jsonObjectOf } from '../../../lib/json-object-of.ts';

/** The columns of a file with the first row, to be mapped by. */
export interface FileHead {
  format: FileFormat;
  columns: string[];
  example: Readonly<Record<string, string>>;
}

const headBytes = 256 * 1024;

const csvHead = (text: string): FileHead => {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, preview: 1, skipEmptyLines: true });
  return { format: 'csv', columns: meta.fields ?? [], example: data[0] ?? {} };
};

const jsonlHead = (text: string): FileHead => {
  const first = jsonObjectOf(text.split('\n').find(line => line.trim() !== '') ?? '') ?? {};
  const example = Object.fromEntries(Object.entries(first).map(([name, value]) => [name, JSON.stringify(value)]));
  return { format: 'jsonl', columns: Object.keys(first), example };
};

/** Reads the beginning of a file, whatever its size. */
export const readHead = async (file: File): Promise<FileHead> => {
  const text = await file.slice(0, headBytes).text();
  return /\.(jsonl|ndjson|json)$/i.test(file.name) || text.trimStart().startsWith('{')
    ? jsonlHead(text)
    : csvHead(text);
};
