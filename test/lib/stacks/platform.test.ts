import { App, Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { type IntegrationField, integrationCatalogue } from '../../../core/model/integration-catalogue.ts';
import { appContext } from '../../../lib/app-context.ts';
import { assemblyTemplates } from '../../../lib/assembly-templates.ts';
import { CustomerDataPlatform } from '../../../lib/customer-data-platform.ts';
import { resourceCounts, resourcesMax } from '../../../lib/resource-counts.ts';
import { functionOf, ownFunctions } from '../rights.ts';
import { siteDirectory, synthesisePlatform } from '../synthesised-platform.ts';

const dev = synthesisePlatform();
const prod = synthesisePlatform({ STAGE: 'prod' });

/** What an operator may have in the environment while synthesising. */
const secretVariables = [
  ...Object.values(integrationCatalogue).flatMap(({ settings, secrets }) =>
    Object.values<IntegrationField>({ ...settings, ...secrets }).flatMap(({ variable }) => variable ?? []),
  ),
  ...['DATABASE_URL', 'REDIS_URL', 'CDP_ADMIN_KEY', 'CDP_WRITE_KEY', 'CDP_KEY', 'AWS_SECRET_ACCESS_KEY'],
];

const fixedNames = (platform: typeof dev): string[] =>
  platform
    .all('AWS::SQS::Queue')
    .flatMap(({ Properties }) => (Properties.QueueName ? [String(Properties.QueueName)] : []));

test('two stages share no stack name and no name of a queue, so that both live in one account', () => {
  const names = ({ templates }: typeof dev) => templates.map(({ stack }) => stack);
  expect(names(dev).slice(0, 2)).toEqual(['CdpData', 'CdpPlatform']);
  expect(names(prod)[0]).toBe('CdpData-prod');
  expect(fixedNames(dev).length).toBeGreaterThan(0);
  const ofProd = new Set([...names(prod), ...fixedNames(prod)]);
  expect([...names(dev), ...fixedNames(dev)].filter(name => ofProd.has(name))).toEqual([]);
});

test('every stack stays below 400 resources', () => {
  for (const { stack, resources } of resourceCounts(dev.templates)) {
    expect(resources, stack).toBeLessThan(resourcesMax);
  }
});

test('every function has the same environment, with the settings and the addresses of all resources', () => {
  const beforeAnybodyHasToken = ({ Properties }: (typeof functions)[number]) =>
    Properties.Handler === 'sign-up.handler';
  const functions = ownFunctions(dev);
  const environments = functions
    .filter(one => !beforeAnybodyHasToken(one))
    .map(({ Properties }) =>
      Object.keys((Properties.Environment as { Variables: object }).Variables)
        .sort()
        .join(),
    );
  expect(new Set(environments).size).toBe(1);
  for (const name of [
    'TABLE_NAME',
    'EVENTS_STREAM_NAME',
    'PLATFORM_SECRET_ARN',
    'QUEUE_URL_REEVALUATE_PROFILE',
    'STAGE',
  ]) {
    expect(environments[0]).toContain(name);
  }
});

test('no secret stands in a template: neither in an environment nor anywhere else', () => {
  for (const { Properties } of ownFunctions(dev)) {
    expect(JSON.stringify(Properties.Environment)).not.toContain('resolve:secretsmanager');
  }
  const canaries = Object.fromEntries(secretVariables.map(name => [name, `canary-${name}`]));
  const { templates } = synthesisePlatform(canaries);
  expect(secretVariables).toContain('KLAVIYO_API_KEY');
  expect(JSON.stringify(templates)).not.toContain('canary-');
});

test('the local stage has a window of one second and asks for no proof of the edge', () => {
  const local = functionOf(synthesisePlatform({ STAGE: 'local' }), 'authorizer');
  const { Variables } = local.Properties.Environment as { Variables: Record<string, unknown> };
  expect(Variables).toMatchObject({ STAGE: 'local', EVENT_FLUSH_SECONDS: '1' });
  expect(Variables).not.toHaveProperty('ORIGIN_SECRET_ARN');
});

test('the whole platform fits into a stack of the caller’s', () => {
  const app = new App({ context: appContext(), builtinCloudFormationValidation: false });
  const directory = siteDirectory();
  const stack = new Stack(app, 'Shop');
  new CustomerDataPlatform(stack, 'Cdp', {
    handlersDirectory: directory,
    siteDirectory: directory,
    queryLayerDirectory: directory,
  });
  const templates = assemblyTemplates(app.synth());
  const types = templates.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type));
  expect(templates[0]?.stack).toBe('Shop');
  expect(types).toEqual(expect.arrayContaining(['AWS::DynamoDB::GlobalTable', 'AWS::ApiGatewayV2::Api']));
});
