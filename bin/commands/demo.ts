import { once } from 'node:events';
import type { Command } from 'commander';
import { openConnection } from '../connection.ts';
import { addDemoOptions, type DemoOptions } from '../demo/demo-options.ts';
import { demoSummary } from '../demo/demo-summary.ts';
import type { ReceivedRow } from '../demo/open-receiver.ts';
import { receiveHere } from '../demo/receive-here.ts';
import { runDemo } from '../demo/run-demo.ts';
import { checkAnswering } from '../import/check-answering.ts';
import { stopOnInterrupt } from '../import/stop-signal.ts';
import { Stopped } from '../import/with-retries.ts';

const rowLine = ({ operation, profileId, customerId, email }: ReceivedRow): string =>
  `${operation.padEnd(8)} ${[profileId, customerId, email].filter(part => part !== undefined).join(' ')}`;

const demo = async (options: DemoOptions, command: Command): Promise<void> => {
  const { client, url } = openConnection(command);
  await checkAnswering(client);
  const { stop, release } = stopOnInterrupt();
  let isListening = false;
  const receiving = await receiveHere(url, options.webhook, row => {
    if (isListening) console.log(rowLine(row));
  });
  const receiver = 'receiver' in receiving ? receiving.receiver : undefined;
  try {
    console.log(demoSummary(await runDemo(options, { client, url, receiving, stop })));
    if (!options.listen || receiver === undefined || stop.aborted) return;
    isListening = true;
    console.log('\nListening to what the audience is sent; Ctrl-C ends it.');
    await once(stop, 'abort');
  } catch (failure) {
    if (!(failure instanceof Stopped)) throw failure;
    console.log('Stopped. Nothing is lost: run the same command again to send the rest.');
    process.exitCode = 130;
  } finally {
    receiver?.close();
    release();
  }
};

const notes = `
The same settings make the same people, events and message ids, so that a second run changes nothing; without options
it completes the demo that is there. Run \`cdp reset\` first for another one.
`;

/** `cdp demo`. */
export const addDemoCommand = (program: Command): void => {
  const command = program
    .command('demo')
    .description('fill the platform with customers, events, segments, an audience');
  addDemoOptions(command).addHelpText('after', notes).action(demo);
};
