import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection.ts';
import { planTypes } from '../plan-types.ts';

/** One that cannot be written is told with the name of the file. */
const write = (file: string, text: string): void => {
  try {
    writeFileSync(file, text);
  } catch (fault) {
    throw new CliError(`--out ${file} cannot be written: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
};

const print = async ({ out }: { out?: string }, command: Command): Promise<void> => {
  const { items } = await openConnection(command).client.listSchemas();
  const text = await planTypes(items);
  if (out === undefined) console.log(text.trimEnd());
  else {
    write(out, text);
    console.log(`${out}: types of the properties of ${items.length} type${items.length === 1 ? '' : 's'} of events.`);
  }
};

/** `cdp types`. */
export const addTypesCommand = (program: Command): void => {
  program
    .command('types')
    .description('write the tracking plan as TypeScript: what the events of each type may say')
    .option('--out <file>', 'where to write it, in place of the screen')
    .action(print);
};
