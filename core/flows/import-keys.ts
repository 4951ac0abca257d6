/** Where the objects of an import are. */
export const uploadKey = (importId: string): string => `imports/${importId}/upload`;
export const errorFileKey = (importId: string): string => `imports/${importId}/errors`;
export const errorPartsPrefix = (importId: string): string => `imports/${importId}/error-parts/`;

const offsetDigits = 15;
/** Rows that were not taken, of the page that begins at this place of the file. */
export const errorPartKey = (importId: string, offset: number): string =>
  `${errorPartsPrefix(importId)}${String(offset).padStart(offsetDigits, '0')}`;
