import type { SettingValue } from './setting.ts';
import type { SettingName } from './setting-table.ts';

/** What was changed while the platform runs, in place of what it was deployed with. One document. */
export interface SettingOverrides {
  id: typeof overridesId;
  version: number;
  values: { [Name in SettingName]?: SettingValue };
  /** ISO 8601. */
  changedAt: string;
  /** Who changed it last. */
  changedBy: string;
}

export const overridesId = 'overrides';
