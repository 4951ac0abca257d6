import * as z from 'zod';
import { integrationNames } from '../model/integration-catalogue.ts';
import { route } from './route.ts';

const Test = z.object({ at: z.iso.datetime(), ok: z.boolean(), reason: z.string().optional() });

export const Integration = z.object({
  name: z.enum(integrationNames),
  title: z.string(),
  purpose: z.enum(['destination', 'enrichment']),
  state: z.enum(['connected', 'not_connected']),
  /** A stand-in on this machine answers in its place: nothing leaves the machine. */
  standIn: z.boolean().optional(),
  settings: z.record(z.string(), z.string()),
  /** Which secrets there are, and since when they are what they are; their values are shown to nobody. */
  secrets: z.array(
    z.object({ name: z.string(), means: z.string(), required: z.boolean(), setAt: z.iso.datetime().optional() }),
  ),
  configuredAt: z.iso.datetime().optional(),
  configuredBy: z.string().optional(),
  lastTest: Test.optional(),
});
export type Integration = z.output<typeof Integration>;

const NameParams = z.strictObject({ name: z.string().min(1).max(200) });
const name = z.string().min(1).max(64);

export const listIntegrations = route({
  id: 'listIntegrations',
  capability: 'integrations',
  method: 'GET',
  path: '/integrations',
  scope: 'read',
  status: 200,
  summary: 'List outside systems and whether they are connected',
  response: z.object({ items: z.array(Integration) }),
});

export const configureIntegration = route({
  id: 'configureIntegration',
  capability: 'integrations',
  method: 'PUT',
  path: '/integrations/{name}',
  scope: 'admin',
  status: 200,
  summary: 'Connect an outside system',
  description:
    'Secrets are kept with the secrets of the deployment and never shown again. What is not named stays as it was.',
  params: NameParams,
  body: z.strictObject({
    settings: z.record(name, z.string().min(1).max(500)).default({}),
    secrets: z.record(name, z.string().min(1).max(4000)).default({}),
  }),
  response: Integration,
  problems: ['NOT_FOUND'],
  examples: [{ summary: 'Klaviyo', body: { secrets: { apiKey: 'pk_an-example' } } }],
});

export const testIntegration = route({
  id: 'testIntegration',
  capability: 'integrations',
  method: 'POST',
  path: '/integrations/{name}/test',
  scope: 'admin',
  status: 200,
  summary: 'Ask an outside system whether it knows our credentials',
  description: 'Changes nothing there. What it said is kept with the integration.',
  params: NameParams,
  response: Test,
  problems: ['NOT_FOUND', 'CONFLICT'],
});

export const disconnectIntegration = route({
  id: 'disconnectIntegration',
  capability: 'integrations',
  method: 'DELETE',
  path: '/integrations/{name}',
  scope: 'admin',
  status: 204,
  summary: 'Disconnect an outside system',
  description: 'Its secrets are deleted.',
  params: NameParams,
  problems: ['NOT_FOUND'],
});
