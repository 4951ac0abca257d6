import * as z from 'zod';
import { changeableNames, settingNames, settingOf } from '../model/setting-table.ts';
import { route } from './route.ts';

const Value = z.union([z.boolean(), z.number(), z.string()]);

export const Setting = z.object({
  name: z.enum(settingNames),
  /** What holds now; absent where nothing was given and there is no default. */
  value: Value.optional(),
  /** What the platform was deployed with. */
  deployed: Value.optional(),
  /** `override`: changed while the platform runs. */
  source: z.enum(['default', 'deployment', 'override']),
  changeable: z.boolean(),
  accepts: z.string(),
  means: z.string(),
  /** The capability that will read it: nothing does yet. */
  comesWith: z.string().optional(),
});
export type Setting = z.output<typeof Setting>;

export const Settings = z.object({
  items: z.array(Setting),
  changedAt: z.iso.datetime().optional(),
  changedBy: z.string().optional(),
});

export const getSettings = route({
  id: 'getSettings',
  capability: 'settings',
  method: 'GET',
  path: '/settings',
  scope: 'read',
  status: 200,
  summary: 'Read the settings',
  description:
    'What the platform runs with: its deployment’s settings, and what was changed since. Secrets are no settings; see ' +
    '`/integrations`.',
  response: Settings,
});

/** Every setting that may be changed, with what it accepts; `null` brings back what the platform was deployed with. */
const changes = Object.fromEntries(
  changeableNames.map(name => [name, settingOf(name).accepts.nullable().optional()]),
) as Record<(typeof changeableNames)[number], z.ZodOptional<z.ZodNullable<typeof Value>>>;

export const updateSettings = route({
  id: 'updateSettings',
  capability: 'settings',
  method: 'PUT',
  path: '/settings',
  scope: 'admin',
  status: 200,
  summary: 'Change settings of the running platform',
  description:
    'Holds everywhere within 60 seconds. What is not named stays as it is; `null` brings back what the platform was ' +
    'deployed with. A setting that is not changeable belongs to the deployment. A value that overrides what somebody took ' +
    'back is taken with `acknowledgeRisk` only. With `If-Match` the change is refused ' +
    'when somebody else changed settings since.',
  body: z.strictObject({ ...changes, acknowledgeRisk: z.boolean().optional() }),
  response: Settings,
  problems: ['CONFLICT', 'PRECONDITION_FAILED'],
  examples: [
    { summary: 'A higher limit', body: { RATE_LIMIT_PER_MINUTE: 2000 } },
    { summary: 'Back to the deployed limit', body: { RATE_LIMIT_PER_MINUTE: null } },
  ],
});
