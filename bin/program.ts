import { Command } from 'commander';
import { addDemoCommand } from './commands/demo.ts';
import { addImportCommand } from './commands/import.ts';
import { addIntegrationsCommand } from './commands/integrations.ts';
import { addKeysCommand } from './commands/keys.ts';
import { addQuarantineCommand } from './commands/quarantine.ts';
import { addReconcileCommand } from './commands/reconcile.ts';
import { addResetCommand } from './commands/reset.ts';
import { addTypesCommand } from './commands/types.ts';

const commands = [
  addDemoCommand,
  addImportCommand,
  addIntegrationsCommand,
  addKeysCommand,
  addQuarantineCommand,
  addReconcileCommand,
  addResetCommand,
  addTypesCommand,
];

/** The command line `cdp …`, with every command. Each is a file below `commands/`. */
export const openProgram = (): Command => {
  const program = new Command('cdp')
    .description('The Customer Data Platform from the command line.')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what there is)')
    .option('--url <url>', 'where the platform is', `http://localhost:${process.env.PORT ?? 3001}`)
    .option('--key <key>', 'API key; default: CDP_KEY, CDP_ADMIN_KEY, or the key of the local platform');
  for (const addCommand of commands) addCommand(program);
  return program;
};
