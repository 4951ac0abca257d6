import type { Key, Write } from '../../../core/ports/table.ts';

/** The key of the one item that a write touches. */
export const keyOf = (write: Write): Key => {
  const { pk, sk } = write.kind === 'put' ? write.item : write.key;
  return { pk, sk };
};
