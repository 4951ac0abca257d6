import type { LakeFile } from '../../../../core/model/lake-partition.ts';
import type { Unreadable } from '../../../../core/ports/lake-files.ts';
import { faultOfFile, type LakeSession, quoted } from './lake-session.ts';

/** A file that goes in, with its copy on this machine. */
export interface Source {
  key: string;
  path: string;
}

/** Copies files and looks whether each has the rows that it should have. */
export const fetchSources = async (
  session: LakeSession,
  files: readonly LakeFile[],
): Promise<{ sources: Source[]; unreadable: Unreadable[] }> => {
  const sources: Source[] = [];
  const unreadable: Unreadable[] = [];
  for (const { key, rows } of files) {
    const path = await session.fetch(key);
    const reason = path === undefined ? 'it is not there' : await whyNoFile(session, path, rows);
    if (reason !== undefined) unreadable.push({ key, reason });
    else if (path !== undefined) sources.push({ key, path });
  }
  return { sources, unreadable };
};

/** Its footer tells how many rows it should have. */
const whyNoFile = async (session: LakeSession, path: string, rows: number): Promise<string | undefined> => {
  try {
    const [found] = await session.rows(`SELECT count(*) AS n FROM read_parquet(${quoted(path)})`);
    return Number(found?.n) === rows ? undefined : `it has ${found?.n} rows in place of ${rows}`;
  } catch (fault) {
    return faultOfFile(fault);
  }
};

/** Reads every value, to find out which of several files is to blame. */
const whyUnreadable = async (session: LakeSession, path: string): Promise<string | undefined> => {
  try {
    await session.rows(`SELECT bit_xor(hash(one)) FROM read_parquet(${quoted(path)}) AS one`);
    return undefined;
  } catch (fault) {
    return faultOfFile(fault);
  }
};

/**
 * The files that a fault comes from.
 * @throws the fault where none of them is to blame
 */
export const blame = async (
  session: LakeSession,
  sources: readonly Source[],
  fault: unknown,
): Promise<Unreadable[]> => {
  faultOfFile(fault);
  const unreadable: Unreadable[] = [];
  for (const { key, path } of sources) {
    const reason = await whyUnreadable(session, path);
    if (reason !== undefined) unreadable.push({ key, reason });
  }
  if (unreadable.length === 0) throw fault;
  return unreadable;
};
