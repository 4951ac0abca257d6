import { expect, test } from 'vitest';
import { type IntegrationKind, integrationCatalogue } from '../../../core/model/integration-catalogue.ts';
import { changeableNames, settingNames, settingOf } from '../../../core/model/setting-table.ts';
import { settingValue } from '../../../core/model/setting-value.ts';
import { machineVariables } from '../../../lib/machine-variables.ts';

/** Every variable that the platform is to know, in the order in which it was asked for. */
const asked = [
  ...['PORT', 'NODE_ENV', 'DATABASE_URL', 'REDIS_URL', 'CLEARBIT_API_KEY', 'FULLCONTACT_API_KEY', 'FACEBOOK_APP_ID'],
  ...['FACEBOOK_APP_SECRET', 'GOOGLE_ADS_CLIENT_ID', 'GOOGLE_ADS_CLIENT_SECRET', 'KLAVIYO_API_KEY'],
  ...['GDPR_COMPLIANCE_MODE', 'CCPA_COMPLIANCE_MODE', 'DATA_RETENTION_DAYS', 'CONSENT_REQUIRED'],
  ...['ENABLE_ML_PREDICTIONS', 'ENABLE_REAL_TIME_SYNC', 'ENABLE_AUTO_MERGE', 'ENABLE_ENRICHMENT'],
  ...['CACHE_TTL_SECONDS', 'MAX_BATCH_SIZE', 'RATE_LIMIT_PER_MINUTE', 'DEBUG'],
];

const variablesOf = ({ settings, secrets }: IntegrationKind): string[] =>
  Object.values({ ...settings, ...secrets }).flatMap(({ variable }) => variable ?? []);

test('every variable is a setting, a credential or read on this machine, and is one of them only', () => {
  const known = [
    ...settingNames,
    ...Object.values(integrationCatalogue).flatMap(variablesOf),
    ...machineVariables.map(({ name }) => name),
  ];
  expect(asked.filter(name => !known.some(one => one === name))).toEqual([]);
  expect(new Set(known).size).toBe(known.length);
});

test.each(settingNames)('%s accepts its own default, under a name of its own in context', name => {
  const { byDefault, context } = settingOf(name);
  if (byDefault !== undefined) expect(settingValue(name, String(byDefault))).toBe(byDefault);
  expect(settingNames.filter(other => settingOf(other).context === context)).toEqual([name]);
});

test.each([
  ['MAX_BATCH_SIZE', '1000', 1000],
  ['MAX_BATCH_SIZE', ' 1000', undefined],
  ['MAX_BATCH_SIZE', '1e3', undefined],
  ['MAX_BATCH_SIZE', '0x10', undefined],
  ['ENABLE_AUTO_MERGE', 'true', true],
  ['ENABLE_AUTO_MERGE', 'TRUE', undefined],
  ['ENABLE_AUTO_MERGE', 'constructor', undefined],
  ['LOG_LEVEL', 'warn', 'WARN'],
  ['CORS_ORIGINS', 'https://a.example , https://b.example:8443', 'https://a.example,https://b.example:8443'],
  ['CORS_ORIGINS', 'https://a.example/path', undefined],
] as const)('%s given as %j is %j', (name, text, expected) => {
  expect(settingValue(name, text)).toBe(expected);
});

test('what decides about resources or about money that was counted already cannot be changed at run time', () => {
  for (const name of [
    'STAGE',
    'EVENT_FLUSH_SECONDS',
    'ACCOUNT_CURRENCY',
    'REPORTING_TIMEZONE',
    'JWT_ISSUER',
  ] as const) {
    expect(changeableNames.some(one => one === (name as string))).toBe(false);
  }
});
