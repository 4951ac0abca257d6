import type { SettingOverrides } from '../../core/model/setting-overrides.ts';
import { type SettingName, settingOf } from '../../core/model/setting-table.ts';
import { type Settings, settingsFrom, type ValueOf } from './environment.ts';
import { log } from './log.ts';

/** The settings as they hold now. */
export interface LiveSettings {
  current(): Settings;
  /** Sees what was changed, at the latest 30 s after the change. What cannot be read stays as it was. */
  refresh(): Promise<void>;
}

interface Sources {
  deployed: ValueOf;
  read: () => Promise<SettingOverrides | undefined>;
  now: () => number;
}

const rememberMs = 30_000;

/** A deployment may accept less than the one before it, which the change was made under. */
const accepted = (name: SettingName, value: unknown) => {
  const parsed = settingOf(name).accepts.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};

type LogLevel = Parameters<typeof log.setLogLevel>[0];

/** What the deployment says, and over it what was changed while the platform runs. */
export const liveSettings = ({ deployed, read, now }: Sources): LiveSettings => {
  let [overrides, until]: [SettingOverrides | undefined, number] = [undefined, 0];
  let current: Settings | undefined;
  let reading: Promise<void> | undefined;
  const holding: ValueOf = name => accepted(name, overrides?.values[name]) ?? deployed(name);
  const take = (found: SettingOverrides | undefined): void => {
    if (found?.version === overrides?.version) return;
    overrides = found;
    current = undefined;
    log.setLogLevel((holding('LOG_LEVEL') ?? 'INFO') as LogLevel);
  };
  const look = async (): Promise<void> => {
    try {
      take(await read());
    } catch (fault) {
      log.warn('settings could not be read', { error: fault instanceof Error ? fault.name : 'unknown' });
    }
    until = now() + rememberMs;
  };
  return {
    current: () => {
      current ??= settingsFrom(holding);
      return current;
    },
    refresh: async () => {
      if (now() < until) return;
      reading ??= look().finally(() => {
        reading = undefined;
      });
      await reading;
    },
  };
};
