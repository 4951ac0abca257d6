/**
 * The real worker in a process of its own: `worker.ts <endpoint> <table> <kind> <people> <events>`; tells the
 * most megabytes it had.
 */
import { openClient } from '../../fixtures/dynamodb.ts';
import { steadyWorker } from '../../simulation/steady-windows.ts';
import { payloadOf } from './payloads.ts';

const [endpoint = '', tableName = '', kind = '', people = '', events = ''] = process.argv.slice(2);
const invocations = 2;
const { deliver } = steadyWorker(openClient(endpoint), tableName);
for (let invocation = 0; invocation < invocations; invocation += 1) {
  await deliver(payloadOf(kind, Number(people), Number(events)));
}
process.send?.(process.resourceUsage().maxRSS / 1024);
process.disconnect();
