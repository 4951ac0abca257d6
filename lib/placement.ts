import * as z from 'zod';
import { type SettingSource, SettingsRefused } from './settings.ts';

/** Choices about where and how large things are placed, given by CDK context; functions never see them. */
export const placementShape = z.object({
  eventShards: z.coerce.number().int().min(1).max(500).default(1).describe('Shards of the event stream.'),
  webAclArn: z
    .string()
    .startsWith('arn:')
    .optional()
    .describe('A web ACL of AWS WAF (scope CLOUDFRONT) for the console’s distribution.'),
  domainName: z.hostname().optional().describe('The console’s own domain; goes with certificateArn.'),
  certificateArn: z
    .string()
    .startsWith('arn:')
    .optional()
    .describe('A certificate of ACM in us-east-1 for domainName.'),
  userPool: z
    .union([z.boolean(), z.stringbool()])
    .default(true)
    .describe('Whether people sign in through a user pool of the platform’s own, where no jwtIssuer is given.'),
  signInOrigins: z
    .union([z.array(z.url()), z.string().transform(text => text.split(',').filter(origin => origin !== ''))])
    .default([])
    .describe('Further origins, separated by commas, from which the console fetches tokens of the jwtIssuer.'),
  alarmTopicArn: z.string().startsWith('arn:').optional().describe('The SNS topic that alarms notify.'),
});

const schema = placementShape.refine(
  placement => (placement.domainName === undefined) === (placement.certificateArn === undefined),
  {
    path: ['domainName'],
    error: 'domainName and certificateArn belong together: give both or neither',
  },
);

export type Placement = z.infer<typeof schema>;

/**
 * Reads the placement from context, e.g. `-c eventShards=2`.
 * @throws SettingsRefused naming the context key
 */
export const readPlacement = (source: Pick<SettingSource, 'context'>): Placement => {
  const given = Object.fromEntries(Object.keys(placementShape.shape).map(name => [name, source.context(name)]));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SettingsRefused(`Context ${issue?.path.join('.')}: ${issue?.message}.`);
};
