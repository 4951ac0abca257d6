import { ApiError } from '../../core/contract/api-error.ts';
import type { Client } from '../../core/contract/client.ts';
import type { MappedRow } from '../../core/engines/imports/row.ts';
import { rowErrorOf } from '../../core/engines/imports/row-error-of.ts';
import { addTallies, type Tally } from '../../core/engines/imports/tally.ts';
import { CliError } from '../cli-error.ts';
import { rowId } from './import-id.ts';
import { isRefusal } from './row-refusal.ts';
import type { Retrying, Send } from './send.ts';

interface Options {
  importId: string;
  retrying: Retrying;
}

type Answer = Awaited<ReturnType<Client['trackEvents']>>;

const forbidden = ({ results }: Answer): string | undefined =>
  results.find(({ error }) => error?.code === 'FORBIDDEN')?.error?.message;

/** Every row has exactly one answer, or the answer is not one. */
const checkAnswer = (answer: Answer | undefined, rows: readonly MappedRow[]): Answer => {
  const counted = answer && answer.accepted + answer.duplicates + answer.rejected;
  if (answer && counted === rows.length) return answer;
  throw new CliError(
    `The platform told of ${counted ?? 'no'} events where ${rows.length} were sent. Does --url name it?`,
  );
};

const tallyOf = ({ accepted, duplicates, results }: Answer, rows: readonly MappedRow[]): Tally => ({
  accepted,
  duplicates,
  errors: results.flatMap(({ index, error }) => {
    const row = rows[index]?.row;
    return error && row ? [rowErrorOf(row, error)] : [];
  }),
  warnings: results.flatMap(({ warnings = [] }) => warnings.map(({ message }) => message)),
});

/**
 * Sends events in one request. A time that cannot be read refuses the row: the receive time would be wrong for what
 * happened long ago. A request that is refused as a whole is halved until the row at fault stands alone.
 */
export const sendEvents = (client: Client, { importId, retrying }: Options): Send => {
  const post = (rows: readonly MappedRow[]): Promise<Answer | undefined> => {
    const events = rows.map(({ row, body }) => ({ messageId: rowId(importId, row.number), ...body }));
    return retrying(signal => client.trackEvents({ query: { strict: 'true' }, body: { events } }, { signal }));
  };
  const send: Send = async rows => {
    try {
      const answer = checkAnswer(await post(rows), rows);
      const barred = forbidden(answer);
      if (barred !== undefined) throw new ApiError(403, { code: 'FORBIDDEN', message: barred });
      return tallyOf(answer, rows);
    } catch (failure) {
      if (!isRefusal(failure)) throw failure;
      return halved(rows, failure);
    }
  };
  const halved = async (rows: readonly MappedRow[], failure: ApiError): Promise<Tally> => {
    const [only] = rows;
    if (rows.length === 1 && only) {
      return { accepted: 0, duplicates: 0, errors: [rowErrorOf(only.row, failure)], warnings: [] };
    }
    const middle = Math.ceil(rows.length / 2);
    return addTallies(await send(rows.slice(0, middle)), await send(rows.slice(middle)));
  };
  return send;
};
