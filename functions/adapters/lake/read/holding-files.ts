import type { LakeFile } from '../../../../core/model/lake-partition.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import { LakeMoved } from './lake-moved.ts';

/** The copies of files, in their order. */
export type PathsOf = (files: readonly LakeFile[]) => string[];

/** Lends copies of files. @throws LakeMoved */
export const holdingFiles = <Answer>(
  held: readonly LakeFile[],
  files: Pick<FetchedFiles, 'holding'>,
  work: (pathsOf: PathsOf) => Promise<Answer>,
): Promise<Answer> =>
  files.holding(
    held.map(({ key }) => key),
    paths =>
      work(some =>
        some.map(({ key }) => {
          const path = paths.get(key);
          if (path === undefined) throw new LakeMoved(`${key} is gone`);
          return path;
        }),
      ),
  );
