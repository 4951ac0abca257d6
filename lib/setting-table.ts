import * as z from 'zod';

/** One setting: how it is given in context, and what is accepted. */
export interface Setting {
  /** The context key; the environment variable is the setting's name. */
  context: string;
  /** Parses the text that was given into the text that functions receive. */
  accepts: z.ZodType<string | undefined, string | undefined>;
  /** What is accepted, in words. */
  words: string;
  /** What it decides. */
  means: string;
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
    means: 'The stage: part of stack names (but for `dev`) and of every API key.',
  },
  EVENT_FLUSH_SECONDS: {
    context: 'eventFlushSeconds',
    accepts: wholeNumber(0, 300).optional(),
    words: 'a whole number of seconds from 0 to 300',
    means:
      'How long events are collected before they are folded. Longer is cheaper and later. 5, and 1 on a laptop, when absent.',
  },
  MAX_BATCH_SIZE: {
    context: 'maxBatchSize',
    accepts: wholeNumber(1, 10_000).default('1000'),
    words: 'a whole number of events from 1 to 10000',
    means: 'The most events that one `POST /events/batch` may carry.',
  },
  ACCOUNT_CURRENCY: {
    context: 'accountCurrency',
    accepts: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD'),
    words: 'a currency code of three capital letters, such as USD',
    means: 'The currency of `ltv`; purchases in another one are kept apart.',
  },
  REPORTING_TIMEZONE: {
    context: 'reportingTimezone',
    accepts: z.string().refine(isTimezone).default('UTC'),
    words: 'an IANA time zone, such as Europe/Berlin',
    means: 'Whose days “today” and date-only ranges are.',
  },
  CACHE_TTL_SECONDS: {
    context: 'cacheTtlSeconds',
    accepts: wholeNumber(0, 86_400).default('300'),
    words: 'a whole number of seconds from 0 to 86400',
    means: 'How old a cached count may be.',
  },
  ENABLE_REAL_TIME_SYNC: {
    context: 'enableRealTimeSync',
    accepts: z.enum(['true', 'false']).default('true'),
    words: 'true or false',
    means: 'Whether an activated audience follows every change of its members at once.',
  },
  CORS_ORIGINS: {
    context: 'corsOrigins',
    accepts: z
      .string()
      .refine(text => originList(text).every(isOrigin))
      .transform(text => originList(text).join(','))
      .default(''),
    words: 'origins separated by commas, such as https://shop.example,https://www.shop.example',
    means: 'Pages of which other origins may call the API; none when absent.',
  },
  JWT_ISSUER: {
    context: 'jwtIssuer',
    accepts: z.url({ protocol: /^https?$/ }).optional(),
    words: 'the URL of an OIDC issuer',
    means: 'Whose tokens are accepted; their groups name roles. None when absent.',
  },
  JWT_AUDIENCE: {
    context: 'jwtAudience',
    accepts: z.string().min(1).optional(),
    words: 'the audience of the tokens',
    means: 'Whom those tokens must be for.',
  },
  LOG_LEVEL: {
    context: 'logLevel',
    accepts: z
      .string()
      .toUpperCase()
      .pipe(z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']))
      .optional(),
    words: 'DEBUG, INFO, WARN or ERROR',
    means: 'How much functions log; `DEBUG=cdp:*` means DEBUG.',
  },
  NODE_ENV: {
    context: 'nodeEnv',
    accepts: z.enum(['production', 'development', 'test']).default('production'),
    words: 'production, development or test',
    means: 'Told to the functions.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settingTable;
