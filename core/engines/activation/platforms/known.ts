import type { PlatformRow } from './platform.ts';

/** The fields that have a value: what is not known, or blank, is left out and never sent as an empty text. */
export const known = (fields: Record<string, string | undefined>): PlatformRow => {
  const row: Record<string, string> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value.trim() !== '') row[name] = value;
  }
  return row;
};
