import { expect, test } from 'vitest';
import { readPlacement } from '../../lib/placement.ts';
import { readSettings } from '../../lib/settings.ts';

const read = (environment: Record<string, string>, context: Record<string, unknown> = {}) =>
  readSettings({ environment, context: name => context[name] });

test('without anything given, every setting with a default has it', () => {
  expect(read({})).toEqual({
    STAGE: 'dev',
    EVENT_FLUSH_SECONDS: '5',
    MAX_BATCH_SIZE: '1000',
    RATE_LIMIT_PER_MINUTE: '1000',
    ACCOUNT_CURRENCY: 'USD',
    REPORTING_TIMEZONE: 'UTC',
    CACHE_TTL_SECONDS: '300',
    QUESTION_SECONDS: '20',
    QUESTION_JOB_SECONDS: '600',
    ENABLE_REAL_TIME_SYNC: 'true',
    ENABLE_AUTO_MERGE: 'false',
    ENABLE_ENRICHMENT: 'true',
    ENABLE_ML_PREDICTIONS: 'true',
    GDPR_COMPLIANCE_MODE: 'strict',
    CCPA_COMPLIANCE_MODE: 'strict',
    CONSENT_MERGE_POLICY: 'permissive_safe',
    CONSENT_REQUIRED: 'false',
    CONSENT_EXEMPT_TYPES: 'purchase,email_unsubscribe,spam_complaint',
    DATA_RETENTION_DAYS: '1095',
    IP_ADDRESSES: 'truncate',
    BOTS: 'flag',
    CORS_ORIGINS: '',
    LOG_LEVEL: 'INFO',
    NODE_ENV: 'production',
  });
});

test('context wins over the environment', () => {
  expect(read({ STAGE: 'prod', MAX_BATCH_SIZE: '10' }, { stage: 'test' })).toMatchObject({
    STAGE: 'test',
    MAX_BATCH_SIZE: '10',
  });
});

test('the local stage gathers events for one second unless told otherwise', () => {
  expect(read({ STAGE: 'local' }).EVENT_FLUSH_SECONDS).toBe('1');
  expect(read({ STAGE: 'local', EVENT_FLUSH_SECONDS: '2' }).EVENT_FLUSH_SECONDS).toBe('2');
});

test('DEBUG=cdp:* asks for the level DEBUG, another program’s area does not', () => {
  expect(read({ DEBUG: 'cdp:*' }).LOG_LEVEL).toBe('DEBUG');
  expect(read({ DEBUG: 'express:*' }).LOG_LEVEL).toBe('INFO');
  expect(read({ DEBUG: 'cdp:*', LOG_LEVEL: 'warn' }).LOG_LEVEL).toBe('WARN');
});

test('origins are listed with commas, spaces do not matter', () => {
  expect(read({ CORS_ORIGINS: 'https://a.example, https://b.example:8443' }).CORS_ORIGINS).toBe(
    'https://a.example,https://b.example:8443',
  );
});

test.each([
  ['STAGE', 'Production'],
  ['EVENT_FLUSH_SECONDS', '5s'],
  ['EVENT_FLUSH_SECONDS', '301'],
  ['MAX_BATCH_SIZE', '0'],
  ['MAX_BATCH_SIZE', '1e3'],
  ['RATE_LIMIT_PER_MINUTE', 'none'],
  ['ENABLE_AUTO_MERGE', '1'],
  ['DATA_RETENTION_DAYS', '-1'],
  ['GDPR_COMPLIANCE_MODE', 'relaxed'],
  ['ACCOUNT_CURRENCY', 'dollars'],
  ['REPORTING_TIMEZONE', 'Mars/Olympus'],
  ['CACHE_TTL_SECONDS', '-1'],
  ['ENABLE_REAL_TIME_SYNC', 'yes'],
  ['CORS_ORIGINS', 'https://a.example/path'],
  ['CORS_ORIGINS', '*'],
  ['JWT_ISSUER', 'issuer'],
  ['LOG_LEVEL', 'LOUD'],
  ['NODE_ENV', 'staging'],
])('%s refuses %s and says what it accepts', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name} .*it must be .{4,}`));
});

test.each<Record<string, string>>([{ JWT_ISSUER: 'https://login.shop.example' }, { JWT_AUDIENCE: 'console' }])(
  'an issuer goes with an audience: %j alone is refused',
  given => {
    expect(() => read(given)).toThrow(/JWT_ISSUER .* JWT_AUDIENCE .* go together/);
  },
);

test('an issuer beyond this machine is reached by https', () => {
  const issuer = (JWT_ISSUER: string) => read({ JWT_ISSUER, JWT_AUDIENCE: 'console' }).JWT_ISSUER;
  expect(issuer('http://localhost:8080/realm')).toBe('http://localhost:8080/realm');
  expect(() => issuer('http://login.shop.example')).toThrow(/^JWT_ISSUER .*https/);
  expect(() => issuer('http://localhost.evil.example')).toThrow(/^JWT_ISSUER .*https/);
});

test('egress to private addresses cannot be deployed', () => {
  expect(() => read({ CDP_EGRESS_ALLOW: '127.0.0.1:8080' })).toThrow(/CDP_EGRESS_ALLOW .* unset it/);
});

test('a placement is checked: shards are counted, and a domain comes with its certificate', () => {
  const place = (context: Record<string, unknown>) => readPlacement({ context: name => context[name] });
  expect(place({})).toMatchObject({ eventShards: 1, userPool: true, signInOrigins: [] });
  expect(place({ userPool: 'false' }).userPool).toBe(false);
  expect(place({ eventShards: '4' }).eventShards).toBe(4);
  expect(() => place({ eventShards: '0' })).toThrow(/eventShards/);
  expect(() => place({ domainName: 'cdp.shop.example' })).toThrow(/certificateArn/);
});
