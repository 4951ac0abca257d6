import * as z from 'zod';
import { consentMergePolicies } from './merge-record.ts';
import { flag, isTimezone, originList, originPattern, type Setting, whole } from './setting.ts';

/** Every setting that functions receive in their environment. */
export const settingTable = {
  STAGE: {
    context: 'stage',
    accepts: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/),
    byDefault: 'dev',
    words: 'up to 20 lower-case letters, digits and dashes, beginning with a letter',
    means: 'The stage: part of stack names (but for `dev`) and of every API key.',
  },
  EVENT_FLUSH_SECONDS: whole(0, 300, 'seconds', {
    context: 'eventFlushSeconds',
    means:
      'How long events are collected before they are folded. Longer is cheaper and later. 5, and 1 on a laptop, when absent.',
  }),
  MAX_BATCH_SIZE: {
    ...whole(1, 10_000, 'events', {
      context: 'maxBatchSize',
      means: 'The most events that one `POST /events/batch` may carry.',
      changeable: true,
    }),
    byDefault: 1000,
  },
  RATE_LIMIT_PER_MINUTE: {
    ...whole(1, 1_000_000, 'requests', {
      context: 'rateLimitPerMinute',
      means: 'How many requests a minute each key and each user may send, where a key has no limit of its own.',
      changeable: true,
    }),
    byDefault: 1000,
  },
  CACHE_TTL_SECONDS: {
    ...whole(0, 86_400, 'seconds', {
      context: 'cacheTtlSeconds',
      means: 'How old a cached count may be.',
      changeable: true,
    }),
    byDefault: 300,
  },
  QUESTION_SECONDS: {
    ...whole(1, 25, 'seconds', {
      context: 'questionSeconds',
      means: 'How long a question may take before it is answered 202, with a job that goes on looking.',
      changeable: true,
    }),
    byDefault: 20,
  },
  QUESTION_JOB_SECONDS: {
    ...whole(1, 840, 'seconds', {
      context: 'questionJobSeconds',
      means: 'How long such a job may look before it fails.',
      changeable: true,
    }),
    byDefault: 600,
  },
  ACCOUNT_CURRENCY: {
    context: 'accountCurrency',
    accepts: z.string().regex(/^[A-Z]{3}$/),
    byDefault: 'USD',
    words: 'a currency code of three capital letters, such as USD',
    means: 'The currency of `ltv`; purchases in another one are kept apart.',
  },
  REPORTING_TIMEZONE: {
    context: 'reportingTimezone',
    accepts: z.string().refine(isTimezone),
    byDefault: 'UTC',
    words: 'an IANA time zone, such as Europe/Berlin',
    means: 'Whose days “today” and date-only ranges are.',
  },
  ENABLE_REAL_TIME_SYNC: flag(true, {
    context: 'enableRealTimeSync',
    means: 'Whether an activated audience follows every change of its members at once.',
    changeable: true,
  }),
  ENABLE_AUTO_MERGE: flag(false, {
    context: 'enableAutoMerge',
    means: 'Whether two known profiles are joined when it is certain that they are one person; else they are proposed.',
    changeable: true,
  }),
  CONSENT_MERGE_POLICY: {
    context: 'consentMergePolicy',
    accepts: z.enum(consentMergePolicies),
    byDefault: 'permissive_safe',
    words: 'permissive_safe, latest_explicit or restrictive; permissive only with `acknowledgeRisk`',
    means:
      'Whose consent holds when two profiles that disagree are merged; see merging.md. `permissive` overrides what somebody took back.',
    changeable: true,
    risky: ['permissive'],
  },
  ENABLE_ENRICHMENT: flag(true, {
    context: 'enableEnrichment',
    means: 'Whether profiles are enriched by outside providers.',
    changeable: true,
    comesWith: 'enrichment',
  }),
  ENABLE_ML_PREDICTIONS: flag(true, {
    context: 'enableMlPredictions',
    means: 'Whether churn, value and propensity are predicted.',
    changeable: true,
  }),
  GDPR_COMPLIANCE_MODE: {
    context: 'gdprComplianceMode',
    accepts: z.enum(['strict', 'standard']),
    byDefault: 'strict',
    words: 'strict or standard',
    means:
      'strict: nobody is sent to a destination by a consent that nothing shows but what a browser says. standard: a yes suffices.',
    changeable: true,
  },
  CCPA_COMPLIANCE_MODE: {
    context: 'ccpaComplianceMode',
    accepts: z.enum(['strict', 'standard']),
    byDefault: 'strict',
    words: 'strict or standard',
    means:
      'strict: who is under 16, or of unknown age, is neither sold nor shared before they allow it. standard: who objects is not.',
    changeable: true,
  },
  CONSENT_REQUIRED: flag(false, {
    context: 'consentRequired',
    means: 'Whether events of persons who have not agreed to tracking are kept aside, for 30 days or until they agree.',
    changeable: true,
  }),
  CONSENT_EXEMPT_TYPES: {
    context: 'consentExemptTypes',
    accepts: z.string().regex(/^[A-Za-z0-9_ .:/,-]*$/),
    byDefault: 'purchase,email_unsubscribe,spam_complaint',
    words: 'types of events separated by commas',
    means: 'Which events are taken without consent where CONSENT_REQUIRED is on.',
    changeable: true,
  },
  DATA_RETENTION_DAYS: {
    ...whole(1, 36_500, 'days', {
      context: 'dataRetentionDays',
      means:
        'How long events are kept after they came, unless a retention policy says otherwise; what they add up to stays.',
      changeable: true,
    }),
    byDefault: 1095,
  },
  IP_ADDRESSES: {
    context: 'ipAddresses',
    accepts: z.enum(['keep', 'truncate', 'drop']),
    byDefault: 'truncate',
    words: 'keep, truncate or drop',
    means: 'How much of the IP address of an SDK’s client is kept with its events; truncated to /24, or /48 in IPv6.',
    changeable: true,
  },
  BOTS: {
    context: 'bots',
    accepts: z.enum(['flag', 'drop']),
    byDefault: 'flag',
    words: 'flag or drop',
    means: 'What becomes of events that an SDK sends for a known bot: `context.bot` says so, or they are not kept.',
    changeable: true,
  },
  CORS_ORIGINS: {
    context: 'corsOrigins',
    accepts: z.string().refine(text => originList(text).every(origin => originPattern.test(origin))),
    byDefault: '',
    words: 'origins separated by commas, such as https://shop.example,https://www.shop.example',
    means: 'Pages of which other origins may call the API; none when absent.',
    tidy: text => originList(text).join(','),
  },
  JWT_ISSUER: {
    context: 'jwtIssuer',
    accepts: z
      .string()
      .regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:|\/|$))/)
      .pipe(z.url()),
    words: 'the URL of an OIDC issuer, with https beyond this machine',
    means:
      'Whose tokens are accepted, together with JWT_AUDIENCE; their groups name roles. The platform’s own user pool when absent; see access.md.',
  },
  JWT_AUDIENCE: {
    context: 'jwtAudience',
    accepts: z.string().min(1),
    words: 'the audience of the tokens',
    means: 'Whom those tokens must be for: the client id of the console.',
  },
  LOG_LEVEL: {
    context: 'logLevel',
    accepts: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']),
    words: 'DEBUG, INFO, WARN or ERROR',
    means: 'How much functions log; `DEBUG=cdp:*` means DEBUG. INFO when absent.',
    changeable: true,
    tidy: text => text.toUpperCase(),
  },
  NODE_ENV: {
    context: 'nodeEnv',
    accepts: z.enum(['production', 'development', 'test']),
    byDefault: 'production',
    words: 'production, development or test',
    means: 'Told to the functions.',
  },
} as const satisfies Record<string, Setting<never> | Setting>;

export type SettingName = keyof typeof settingTable;
export const settingNames = Object.keys(settingTable) as SettingName[];

type Changeable = {
  [Name in SettingName]: (typeof settingTable)[Name] extends { changeable?: true } ? Name : never;
}[SettingName];

export const settingOf = (name: SettingName): Setting => settingTable[name];

/** What may be changed while the platform runs. */
export const changeableNames = settingNames.filter(name => settingOf(name).changeable) as Changeable[];
