/** What the error file says of each row, behind the row's own cells. */
export const errorColumns = ['row', 'path', 'reason'] as const;

/** Whether a file with these columns is an error file of an earlier import. */
export const isErrorHeader = (columns: readonly string[]): boolean =>
  columns.length > errorColumns.length && errorColumns.every((name, index) => columns.at(index - 3) === name);

/**
 * The names under which row, path and reason stand beside these columns; the cells of an error file that is imported
 * make room for the new ones.
 */
export const errorNames = (columns: readonly string[]): string[] =>
  errorColumns.map(name => (columns.includes(name) && !isErrorHeader(columns) ? `import_${name}` : name));

/**
 * A cell that no spreadsheet runs as a formula: an apostrophe stands before what it would take for one. `withoutGuard`
 * takes it away again.
 *
 * @example withGuard('=1+1') // "'=1+1"
 */
export const withGuard = (cell: string): string => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

export const withoutGuard = (cell: string): string => cell.replace(/^'(?='*[=+\-@\t\r])/, '');
