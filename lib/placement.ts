import * as z from 'zod';
import { type SettingSource, SettingsRefused } from './settings.ts';

/** Choices about where and how large things are placed, given by CDK context; functions never see them. */
const schema = z
  .object({
    /** Shards of the event stream. */
    eventShards: z.coerce.number().int().min(1).max(500).default(1),
    /** A web ACL of AWS WAF (scope CLOUDFRONT) for the console's distribution. */
    webAclArn: z.string().startsWith('arn:').optional(),
    /** The console's own domain, with a certificate of ACM in us-east-1 for it. */
    domainName: z.hostname().optional(),
    certificateArn: z.string().startsWith('arn:').optional(),
    /** The SNS topic that alarms notify. */
    alarmTopicArn: z.string().startsWith('arn:').optional(),
  })
  .refine(placement => (placement.domainName === undefined) === (placement.certificateArn === undefined), {
    path: ['domainName'],
    error: 'domainName and certificateArn belong together: give both or neither',
  });

export type Placement = z.infer<typeof schema>;

/**
 * Reads the placement from context, e.g. `-c eventShards=2`.
 * @throws SettingsRefused naming the context key
 */
export const readPlacement = (source: Pick<SettingSource, 'context'>): Placement => {
  const given = Object.fromEntries(
    ['eventShards', 'webAclArn', 'domainName', 'certificateArn', 'alarmTopicArn'].map(name => [
      name,
      source.context(name),
    ]),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SettingsRefused(`Context ${issue?.path.join('.')}: ${issue?.message}.`);
};
