import * as z from 'zod';
import type { SettingValue } from './setting.ts';
import { type SettingName, settingOf } from './setting-table.ts';

/** Words and numbers as they are meant; `undefined` for a text that cannot be meant so. */
const meant = (accepts: z.ZodType, text: string): unknown => {
  if (accepts instanceof z.ZodBoolean) return { true: true, false: false }[text];
  if (accepts instanceof z.ZodNumber) return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return text;
};

/** The value of a setting that a deployment gives as text; `undefined` where it is none that a deployment may give. */
export const settingValue = (name: SettingName, text: string): SettingValue | undefined => {
  const { accepts, risky = [], tidy = (same: string) => same } = settingOf(name);
  const parsed = accepts.safeParse(meant(accepts, tidy(text)));
  return parsed.success && !risky.includes(parsed.data) ? parsed.data : undefined;
};
