import type { Setting } from '../contract/settings.ts';
import type { SettingValue } from '../model/setting.ts';
import type { SettingOverrides } from '../model/setting-overrides.ts';
import { type SettingName, settingNames, settingOf } from '../model/setting-table.ts';

/** What the platform was deployed with, by name. */
export type DeployedSettings = (name: SettingName) => SettingValue | undefined;

const sourceOf = (name: SettingName, deployed: SettingValue | undefined, overridden: boolean): Setting['source'] => {
  if (overridden) return 'override';
  return deployed === undefined || deployed === settingOf(name).byDefault ? 'default' : 'deployment';
};

const shown = (name: SettingName, deployedOf: DeployedSettings, override: SettingValue | undefined): Setting => {
  const { changeable = false, words, means, comesWith } = settingOf(name);
  const deployed = deployedOf(name);
  return {
    name,
    value: override ?? deployed,
    deployed,
    source: sourceOf(name, deployed, override !== undefined),
    changeable,
    accepts: words,
    means,
    comesWith,
  };
};

/** Every setting as it holds now, where it comes from, and who changed settings last. */
export const showSettings = (deployed: DeployedSettings, overrides: SettingOverrides | undefined) => ({
  items: settingNames.map(name => shown(name, deployed, overrides?.values[name])),
  ...(overrides ? { changedAt: overrides.changedAt, changedBy: overrides.changedBy } : {}),
});
