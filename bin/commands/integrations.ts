import type { Command } from 'commander';
import { givenFields } from '../../core/model/given-fields.ts';
import { type IntegrationKind, integrationKind, integrationNames } from '../../core/model/integration-catalogue.ts';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection.ts';

const list = async (_options: unknown, command: Command): Promise<void> => {
  const { items } = await openConnection(command).client.listIntegrations();
  for (const { name, state, lastTest, title } of items) {
    const tested = lastTest ? (lastTest.ok ? 'works' : `does not work: ${lastTest.reason}`) : 'not tested';
    console.log([name, state, state === 'connected' ? tested : '', title].join('\t'));
  }
};

const kindOf = (name: string): IntegrationKind => {
  const kind = integrationKind(name);
  if (!kind) throw new CliError(`There is no integration ${name}; there are ${integrationNames.join(', ')}.`);
  return kind;
};

const variablesOf = ({ settings, secrets }: IntegrationKind): string =>
  Object.values({ ...settings, ...secrets })
    .flatMap(({ variable }) => variable ?? [])
    .join(', ');

/** Secrets come from the environment: what is typed into a command line stands in its history. */
const set = async (name: string, _options: unknown, command: Command): Promise<void> => {
  const kind = kindOf(name);
  const body = {
    settings: givenFields(kind.settings, process.env),
    secrets: givenFields(kind.secrets, process.env),
  };
  if (Object.keys({ ...body.settings, ...body.secrets }).length === 0) {
    throw new CliError(`Nothing is set of ${variablesOf(kind)}: set them, then run this again.`);
  }
  await openConnection(command).client.configureIntegration({ params: { name }, body });
  console.log(`${kind.title} is connected.`);
};

const test = async (name: string, _options: unknown, command: Command): Promise<void> => {
  const { title } = kindOf(name);
  const { ok, reason } = await openConnection(command).client.testIntegration({ params: { name } });
  if (!ok) throw new CliError(`${title} does not work: ${reason}.`);
  console.log(`${title} works.`);
};

const disconnect = async (name: string, _options: unknown, command: Command): Promise<void> => {
  const { title } = kindOf(name);
  await openConnection(command).client.disconnectIntegration({ params: { name } });
  console.log(`${title} is disconnected; its secrets are deleted.`);
};

/** `cdp integrations list|set|test|disconnect`. */
export const addIntegrationsCommand = (program: Command): void => {
  const integrations = program.command('integrations').description('connect outside systems');
  integrations.command('list').description('what there is, and what is connected').action(list);
  integrations
    .command('set')
    .description('connect one; its credentials are taken from the environment')
    .argument('<name>')
    .action(set);
  integrations.command('test').description('ask whether it knows our credentials').argument('<name>').action(test);
  integrations.command('disconnect').description('forget its credentials').argument('<name>').action(disconnect);
};
