import { QueryTooLarge } from '../../../../core/ports/query-engine.ts';
import { type FetchedFiles, FilesTooLarge } from '../fetched-files.ts';
import { LakeMoved } from './lake-moved.ts';

const triesMax = 3;
/** Files that vanish under a query were removed by somebody else on this machine. */
const goneFile = /no files found|cannot open file|no such file/i;

/** Reads what is live once more where it was replaced meanwhile. @throws QueryTooLarge */
export const lookingAgain = async <Answer>(
  read: () => Promise<Answer>,
  files: Pick<FetchedFiles, 'forget'>,
): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (fault) {
      const gone = fault instanceof Error && goneFile.test(fault.message);
      if (fault instanceof FilesTooLarge) throw new QueryTooLarge(fault.message, { cause: fault });
      if (tries === triesMax || !(gone || fault instanceof LakeMoved)) throw fault;
      if (gone) files.forget();
    }
  }
};
