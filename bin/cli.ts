/** `npx cdp …`: the platform from the command line. */
import { explainFailure } from './explain-failure.ts';
import { openProgram } from './program.ts';

try {
  await openProgram().parseAsync();
} catch (failure) {
  console.error(explainFailure(failure));
  process.exitCode = 1;
}
