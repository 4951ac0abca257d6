import type { LakeAlias } from '../model/lake-alias.ts';
import type { LakeEvent } from '../model/lake-event.ts';
import type { LakeFile } from '../model/lake-partition.ts';

/** Small files of rows as they come: gzipped JSON lines. */
export interface HotFiles {
  put(key: string, rows: readonly (LakeEvent | LakeAlias)[]): Promise<LakeFile>;
  /** Absent is an answer. @throws Error for an object that is no such file */
  events(key: string): Promise<LakeEvent[] | undefined>;
  aliases(key: string): Promise<LakeAlias[] | undefined>;
}
