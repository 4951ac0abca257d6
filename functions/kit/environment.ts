import type { ConsentMergePolicy } from '../../core/model/merge-record.ts';
import type { SettingValue } from '../../core/model/setting.ts';
import type { SettingName } from '../../core/model/setting-table.ts';
import { settingValue } from '../../core/model/setting-value.ts';

/** A variable that the stack must have set. @throws Error naming it */
export const requireText = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
};

export const optionalText = (name: string): string | undefined => process.env[name] || undefined;

/** What a setting holds; `undefined` where nothing was given. */
export type ValueOf = (name: SettingName) => SettingValue | undefined;

/** What the deployment says; checked when the stacks are synthesised. */
export const deployedSetting: ValueOf = name => {
  const text = optionalText(name);
  return text === undefined ? undefined : settingValue(name, text);
};

const requirer = (valueFor: ValueOf) => {
  const required =
    <Value extends SettingValue>(isMeant: (value: unknown) => value is Value) =>
    (name: SettingName): Value => {
      const value = valueFor(name);
      if (isMeant(value)) return value;
      throw new Error(`environment variable ${name} is not set, or not to what it accepts`);
    };
  return {
    text: required(value => typeof value === 'string'),
    number: required(value => typeof value === 'number'),
    flag: required(value => typeof value === 'boolean'),
  };
};

const optional = (value: SettingValue | undefined): string | undefined =>
  value === undefined ? undefined : `${value}`;

/** The settings that functions decide by. */
export const settingsFrom = (valueFor: ValueOf) => {
  const { text, number, flag } = requirer(valueFor);
  return {
    stage: text('STAGE'),
    batchSizeMax: number('MAX_BATCH_SIZE'),
    rateLimitPerMinute: number('RATE_LIMIT_PER_MINUTE'),
    accountCurrency: text('ACCOUNT_CURRENCY'),
    reportingTimezone: text('REPORTING_TIMEZONE'),
    cacheSeconds: number('CACHE_TTL_SECONDS'),
    questionSeconds: number('QUESTION_SECONDS'),
    questionJobSeconds: number('QUESTION_JOB_SECONDS'),
    realTimeSync: flag('ENABLE_REAL_TIME_SYNC'),
    autoMerge: flag('ENABLE_AUTO_MERGE'),
    mlPredictions: flag('ENABLE_ML_PREDICTIONS'),
    gdprMode: text('GDPR_COMPLIANCE_MODE') as 'strict' | 'standard',
    ccpaMode: text('CCPA_COMPLIANCE_MODE') as 'strict' | 'standard',
    dataRetentionDays: number('DATA_RETENTION_DAYS'),
    consentRequired: flag('CONSENT_REQUIRED'),
    consentExempt: text('CONSENT_EXEMPT_TYPES')
      .split(',')
      .map(type => type.trim()),
    consentMergePolicy: text('CONSENT_MERGE_POLICY') as ConsentMergePolicy,
    ipAddresses: text('IP_ADDRESSES') as 'keep' | 'truncate' | 'drop',
    bots: text('BOTS') as 'flag' | 'drop',
    jwtIssuer: optional(valueFor('JWT_ISSUER')),
    jwtAudience: optional(valueFor('JWT_AUDIENCE')),
    /** `host:port,…` that deliveries may reach besides the public internet; set by the local runtime only. */
    egressAllow: (optionalText('CDP_EGRESS_ALLOW') ?? '').split(',').filter(entry => entry !== ''),
    /** The origin of the stand-ins of outside systems; set by the local runtime only. */
    standIns: optionalText('CDP_STAND_INS'),
  };
};
export type Settings = ReturnType<typeof settingsFrom>;
