import * as z from 'zod';

/** One setting: how it is given in context, and what is accepted. */
export interface Setting {
  /** The context key; the environment variable is the setting's name. */
  context: string;
  /** Parses the text that was given into the text that functions receive. */
  accepts: z.ZodType<string | undefined, string | undefined>;
  /** What is accepted, in words. */
  words: string;
}

const wholeNumber = (least: number, most: number) =>
  z.string().refine(text => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most);

const isTimezone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone.length > 0;
  } catch (refusal) {
    if (refusal instanceof RangeError) return false;
    throw refusal;
  }
};

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

const originList = (text: string): string[] =>
  text
    .split(',')
    .map(origin => origin.trim())
    .filter(origin => origin !== '');

/** Every setting that functions receive in their environment, with its default and what is accepted. */
export const settingTable = {
  STAGE: {
    context: 'stage',
    accepts: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,19}$/)
      .default('dev'),
    words: 'up to 20 lower-case letters, digits and dashes, beginning with a letter',
  },
  EVENT_FLUSH_SECONDS: {
    context: 'eventFlushSeconds',
    accepts: wholeNumber(0, 300).optional(),
    words: 'a whole number of seconds from 0 to 300',
  },
  MAX_BATCH_SIZE: {
    context: 'maxBatchSize',
    accepts: wholeNumber(1, 10_000).default('1000'),
    words: 'a whole number of events from 1 to 10000',
  },
  ACCOUNT_CURRENCY: {
    context: 'accountCurrency',
    accepts: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD'),
    words: 'a currency code of three capital letters, such as USD',
  },
  REPORTING_TIMEZONE: {
    context: 'reportingTimezone',
    accepts: z.string().refine(isTimezone).default('UTC'),
    words: 'an IANA time zone, such as Europe/Berlin',
  },
  CACHE_TTL_SECONDS: {
    context: 'cacheTtlSeconds',
    accepts: wholeNumber(0, 86_400).default('300'),
    words: 'a whole number of seconds from 0 to 86400',
  },
  ENABLE_REAL_TIME_SYNC: {
    context: 'enableRealTimeSync',
    accepts: z.enum(['true', 'false']).default('true'),
    words: 'true or false',
  },
  CORS_ORIGINS: {
    context: 'corsOrigins',
    accepts: z
      .string()
      .refine(text => originList(text).every(isOrigin))
      .transform(text => originList(text).join(','))
      .default(''),
    words: 'origins separated by commas, such as https://shop.example,https://www.shop.example',
  },
  JWT_ISSUER: {
    context: 'jwtIssuer',
    accepts: z.url({ protocol: /^https?$/ }).optional(),
    words: 'the URL of an OIDC issuer',
  },
  JWT_AUDIENCE: { context: 'jwtAudience', accepts: z.string().min(1).optional(), words: 'the audience of the tokens' },
  LOG_LEVEL: {
    context: 'logLevel',
    accepts: z
      .string()
      .toUpperCase()
      .pipe(z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']))
      .optional(),
    words: 'DEBUG, INFO, WARN or ERROR',
  },
  NODE_ENV: {
    context: 'nodeEnv',
    accepts: z.enum(['production', 'development', 'test']).default('production'),
    words: 'production, development or test',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settingTable;
