import type { Key } from '../../../core/ports/table.ts';

/** A key as one string, the same for equal keys and different for different ones; for maps and sets. */
export const keyId = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
