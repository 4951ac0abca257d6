import { type SettingName, settingNames, settingOf } from '../core/model/setting-table.ts';
import { settingValue } from '../core/model/setting-value.ts';

/** Where a value may come from: the environment of the synth, and CDK context (`-c stage=prod`), which wins. */
export interface SettingSource {
  environment: Readonly<Record<string, string | undefined>>;
  context: (name: string) => unknown;
}

/** A deployment setting is wrong: the message says which one, what was given and what is accepted. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';
}

/** The settings as functions receive them: text by the name of the environment variable, absent ones left out. */
export type FunctionSettings = {
  STAGE: string;
  EVENT_FLUSH_SECONDS: string;
  LOG_LEVEL: string;
  CORS_ORIGINS: string;
} & {
  [name in SettingName]?: string;
};

/** Context may hold numbers and booleans; an empty text counts as not given. */
const asText = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value);

const readOne = (name: SettingName, source: SettingSource): string | undefined => {
  const { context, byDefault, words } = settingOf(name);
  const given = asText(source.context(context)) ?? asText(source.environment[name]);
  if (given === undefined) return byDefault === undefined ? undefined : String(byDefault);
  const value = settingValue(name, given);
  if (value !== undefined) return String(value);
  throw new SettingsRefused(`${name} (context ${context}) is ${JSON.stringify(given)}; it must be ${words}.`);
};

const refuseEgress = ({ environment }: SettingSource): void => {
  if (asText(environment.CDP_EGRESS_ALLOW) === undefined) return;
  throw new SettingsRefused(
    'CDP_EGRESS_ALLOW opens private addresses for the local platform only and must not reach a deployment: ' +
      'unset it, then synthesise again.',
  );
};

/** Tokens for anybody are tokens for other programs, too. */
const refuseHalfAnIssuer = ({ JWT_ISSUER, JWT_AUDIENCE }: { [name in SettingName]?: string }): void => {
  if ((JWT_ISSUER === undefined) === (JWT_AUDIENCE === undefined)) return;
  throw new SettingsRefused(
    'JWT_ISSUER (context jwtIssuer) and JWT_AUDIENCE (context jwtAudience) go together: give both, or neither.',
  );
};

/** Whether everything is to be logged. */
export const debugAsked = (environment: SettingSource['environment']): boolean =>
  (environment.DEBUG ?? '').split(/[\s,]+/).some(area => area === '*' || area.startsWith('cdp:'));

/**
 * Reads every deployment setting. The event window is 5 s, 1 s on stage `local`; `DEBUG=cdp:*` means log level DEBUG.
 * @throws SettingsRefused naming the setting and what is accepted
 */
export const readSettings = (source: SettingSource): FunctionSettings => {
  refuseEgress(source);
  const given = Object.fromEntries(
    settingNames.flatMap(name => {
      const value = readOne(name, source);
      return value === undefined ? [] : [[name, value]];
    }),
  ) as { STAGE: string; CORS_ORIGINS: string } & { [name in SettingName]?: string };
  refuseHalfAnIssuer(given);
  return {
    EVENT_FLUSH_SECONDS: given.STAGE === 'local' ? '1' : '5',
    LOG_LEVEL: debugAsked(source.environment) ? 'DEBUG' : 'INFO',
    ...given,
  };
};
