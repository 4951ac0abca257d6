import { createTable, startDynamoDb } from '../fixtures/dynamodb.ts';
import { countedRequests, steadyWorker, windowOf } from '../simulation/steady-windows.ts';
import type { Verify } from './run.ts';

const people = 1_000;
const windows = 5;
const requestsPerEventMax = 0.1;

/**
 * The embedded engine reads through its whole stream at every write of a table that has one, so that a rate would tell
 * how much was written before: the table is measured without.
 */
const withoutStream = true;

/**
 * How many people a second the worker brings up to date on the embedded engine, each with 1.1 events a window, and how
 * many requests it takes. The rate is of this machine and stands beside what else runs on it; the requests decide.
 */
export const verify: Verify = async () => {
  const { client, stop } = await startDynamoDb();
  const tableName = 'person-writes';
  await createTable(client, tableName, { withoutStream });
  const requests = countedRequests(client);
  const { fold } = steadyWorker(client, tableName);
  const timed = async (): Promise<number> => {
    const events = windowOf(people);
    const startedAt = performance.now();
    await fold(events);
    return (people * 1000) / (performance.now() - startedAt);
  };
  const created = await timed();
  const before = requests();
  const rates: number[] = [];
  for (let window = 0; window < windows; window += 1) rates.push(await timed());
  const perEvent = (requests() - before) / (windows * windowOf(people).length);
  await stop();
  const [best = 0] = rates.toSorted((left, right) => right - left);
  const mean = windows / rates.reduce((sum, rate) => sum + 1 / rate, 0);
  const line = [
    `person-writes: ${Math.round(mean)} a second (best window ${Math.round(best)})`,
    `${perEvent.toFixed(3)} requests per event`,
    `${Math.round(created)} creations a second`,
  ].join(', ');
  return { line, holds: perEvent <= requestsPerEventMax };
};
