import { expect, test } from 'vitest';
import { roleNames } from '../../../core/model/caller.ts';
import { functionOf, rightsOf } from '../rights.ts';
import { synthesisePlatform } from '../synthesised-platform.ts';

const platform = synthesisePlatform();
const site = synthesisePlatform({ JWT_ISSUER: 'https://login.shop.example/realm', JWT_AUDIENCE: 'console' });

const variablesOf = (one: typeof platform, handler: string) =>
  (functionOf(one, handler).Properties.Environment as { Variables: Record<string, unknown> }).Variables;

test('people sign in with a second factor, and only who was invited may join', () => {
  const { Properties } = platform.one('AWS::Cognito::UserPool');
  expect(Properties).toMatchObject({
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    DeletionProtection: 'ACTIVE',
    AutoVerifiedAttributes: ['email'],
    LambdaConfig: { PreSignUp: expect.anything() },
  });
});

test('the groups of the pool are the roles', () => {
  const groups = platform.all('AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties.GroupName);
  expect(groups.sort()).toEqual([...roleNames].sort());
});

test('the console has no secret and signs in by authorization code alone, to its own address', () => {
  const { Properties } = platform.one('AWS::Cognito::UserPoolClient');
  expect(Properties).toMatchObject({
    GenerateSecret: false,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email', 'profile'],
    PreventUserExistenceErrors: 'ENABLED',
  });
  expect(JSON.stringify(Properties.CallbackURLs)).toMatch(/https:\/\/.*Distribution.*DomainName/);
  expect(Properties.ExplicitAuthFlows ?? []).not.toContain('ALLOW_USER_PASSWORD_AUTH');
});

test('functions trust the pool for this client', () => {
  const { JWT_ISSUER, JWT_AUDIENCE } = variablesOf(platform, 'authorizer');
  expect(JSON.stringify(JWT_ISSUER)).not.toBe(undefined);
  expect(JSON.stringify([JWT_ISSUER, JWT_AUDIENCE])).toMatch(/SignIn/);
});

test('what keeps strangers out reads, and does not depend on the pool that calls it', () => {
  const handler = functionOf(platform, 'sign-up');
  expect(variablesOf(platform, 'sign-up')).not.toHaveProperty('JWT_ISSUER');
  const actions = rightsOf(platform, handler).flatMap(one => one.actions);
  expect(actions).toContain('dynamodb:GetItem');
  expect(actions.filter(action => /dynamodb:(Put|Update|Delete)/.test(action))).toEqual([]);
});

/** The policies of everything behind the edge, those of the SDKs' routes too. */
const headersOf = (one: typeof site): string =>
  JSON.stringify(one.all('AWS::CloudFront::ResponseHeadersPolicy').map(({ Properties }) => Properties));

test('pages may fetch tokens from the pool and upload to the bucket of transfers, and reach nothing else', () => {
  const text = headersOf(platform);
  expect(text).toMatch(/connect-src 'self' https:\/\/cdp-dev-/);
  const other = headersOf(site);
  expect(other).toMatch(
    /connect-src 'self' https:\/\/login\.shop\.example ",\{"Fn::ImportValue":"[^"]*Transfers[^"]*RegionalDomainName\w*"\},"; object-src/,
  );
});

test.each([
  ['another issuer is named', site],
  ['it is not wanted', synthesisePlatform({}, { userPool: 'false' })],
  ['it is this machine', synthesisePlatform({ STAGE: 'local' })],
])('there is no pool where %s', (_name, one) => {
  expect(one.all('AWS::Cognito::UserPool')).toEqual([]);
});

test('without a pool functions trust whom the deployment names', () => {
  expect(variablesOf(site, 'authorizer')).toMatchObject({
    JWT_ISSUER: 'https://login.shop.example/realm',
    JWT_AUDIENCE: 'console',
  });
});

test('the console is told how people sign in', () => {
  const texts = (one: typeof platform) => JSON.stringify(one.all('Custom::CDKBucketDeployment'));
  expect(texts(platform)).toMatch(/SourceMarkers/);
});
