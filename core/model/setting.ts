import * as z from 'zod';

export type SettingValue = boolean | number | string;

/** One setting of a deployment: how it is given, what it accepts, and what it decides. */
export interface Setting<Value extends SettingValue = SettingValue> {
  /** The key in CDK context; the environment variable is the setting's name. */
  context: string;
  accepts: z.ZodType<Value>;
  /** What holds when nothing is given; none where something else is decided then. */
  byDefault?: Value;
  /** What is accepted, in words. */
  words: string;
  /** What it decides. */
  means: string;
  /** May be changed while the platform runs. */
  changeable?: true;
  /** Values that are taken only from whoever acknowledges the risk, while the platform runs. */
  risky?: readonly Value[];
  /** The capability that will read it, as long as nothing does. */
  comesWith?: string;
  /** Brings what was given as text into the one form that is kept. */
  tidy?: (text: string) => string;
}

type About<Value extends SettingValue> = Omit<Setting<Value>, 'accepts' | 'words' | 'byDefault'>;

/** On or off. */
export const flag = (byDefault: boolean, about: About<boolean>) => ({
  accepts: z.boolean(),
  words: 'true or false',
  byDefault,
  ...about,
});

/** A whole number within bounds. */
export const whole = (least: number, most: number, unit: string, about: About<number>) => ({
  accepts: z.number().int().min(least).max(most),
  words: `a whole number of ${unit} from ${least} to ${most}`,
  ...about,
});

export const isTimezone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone.length > 0;
  } catch (refusal) {
    if (refusal instanceof RangeError) return false;
    throw refusal;
  }
};

/** Origins that are separated by commas. */
export const originList = (text: string): string[] =>
  text
    .split(',')
    .map(origin => origin.trim())
    .filter(origin => origin !== '');

export const originPattern = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/;
