/** What a cell says, or why it cannot be taken. */
export type Reading = { value: unknown } | { reason: string };

/** Turns a cell into what is sent. Blank cells do not come here, and blanks around text are gone. */
export type ReadValue = (cell: unknown) => Reading;

const isScalar = (cell: unknown): cell is string | number | boolean =>
  typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean';

/** As it stands: the text of a CSV file, any value of a JSONL file. Decimals stay the text they are. */
export const readAny: ReadValue = cell => ({ value: cell });

export const readText: ReadValue = cell => (isScalar(cell) ? { value: String(cell) } : { reason: 'is not text' });

const yesWords = new Set(['true', 'yes', '1']);
const noWords = new Set(['false', 'no', '0']);

export const readYesNo: ReadValue = cell => {
  const word = String(cell).toLowerCase();
  if (yesWords.has(word)) return { value: true };
  if (noWords.has(word)) return { value: false };
  return { reason: 'is none of true, false, yes, no, 1, 0' };
};

const digitsMax = 15;

/** A number for comparing; what a binary float would change is refused, never rounded. */
export const readNumber: ReadValue = cell => {
  const text = String(cell);
  if (!/^-?\d+(\.\d+)?$/.test(text)) return { reason: 'is not a number' };
  if (text.replace(/\D/g, '').length > digitsMax) return { reason: `has more than ${digitsMax} digits` };
  return { value: Number(text) };
};

/** A list, in a CSV cell separated by `;`, `,` or `|`. */
export const readList: ReadValue = cell => {
  if (Array.isArray(cell)) return { value: cell };
  const words = isScalar(cell) ? String(cell).split(/[;,|]/) : [];
  const kept = words.map(word => word.trim()).filter(word => word !== '');
  return kept.length > 0 ? { value: kept } : { reason: 'is not a list' };
};
