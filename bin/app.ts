import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { appContext } from '../lib/app-context.ts';
import { assemblyTemplates } from '../lib/assembly-templates.ts';
import { builtConsole } from '../lib/built-console.ts';
import { bundleHandlers } from '../lib/bundle.ts';
import { handlersFrom } from '../lib/constructs/handler-code.ts';
import { readPlacement } from '../lib/placement.ts';
import { addPlatform } from '../lib/platform-app.ts';
import { buildQueryLayer } from '../lib/query-layer-files.ts';
import { resourceCounts } from '../lib/resource-counts.ts';
import { readSettings } from '../lib/settings.ts';
import { buildSite } from '../lib/site.ts';
import { addChecks } from '../lib/validation.ts';

const root = join(import.meta.dirname, '..');
const handlersDirectory = join(root, 'dist/functions');
const siteDirectory = join(root, 'dist/site');
const packagesDirectory = join(root, 'node_modules');

/** `CDP_VALIDATION=off` leaves out every check of the templates, for a quick local start. */
const validated = process.env.CDP_VALIDATION !== 'off';

const app = new App({
  analyticsReporting: false,
  builtinCloudFormationValidation: validated,
  context: appContext(),
});
const source = { environment: process.env, context: (name: string) => app.node.tryGetContext(name) };
const settings = readSettings(source);
const placement = readPlacement(source);
const queryLayer =
  settings.STAGE === 'local'
    ? ({ as: 'linked', outputDirectory: join(root, 'dist/local-query-layer') } as const)
    : ({ as: 'copied', outputDirectory: join(root, 'dist/query-layer') } as const);

const [consoleDirectory] = await Promise.all([
  builtConsole(root),
  bundleHandlers({ functionsDirectory: join(root, 'functions'), outputDirectory: handlersDirectory }),
]);
buildSite({ consoleDirectory, documentsDirectory: join(root, 'console/docs'), outputDirectory: siteDirectory });
buildQueryLayer({ packagesDirectory, ...queryLayer });

addPlatform(app, {
  settings,
  placement,
  siteDirectory,
  queryLayerDirectory: queryLayer.outputDirectory,
  code: handlersFrom(handlersDirectory),
});
if (validated) addChecks(app);

for (const { stack, resources } of resourceCounts(assemblyTemplates(app.synth()))) {
  console.error(`${stack}: ${resources} resources`);
}
