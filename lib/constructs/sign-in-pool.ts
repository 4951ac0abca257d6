import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { roleNames } from '../../core/model/caller.ts';
import { acknowledge } from '../acknowledgements.ts';
import { PlatformFunction } from './platform-function.ts';
import type { PlatformParts } from './platform-parts.ts';

/** Where the console is, and what the function needs that keeps strangers out. */
export interface SignInPoolProps {
  parts: PlatformParts;
  logGroup: LogGroup;
  stage: string;
  consoleUrl: string;
}

/** The team's own users: they sign in with password and a second factor, by authorization code with PKCE. */
export class SignInPool extends Construct {
  readonly issuer: string;
  readonly clientId: string;
  /** Where people are sent to sign in. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SignInPoolProps) {
    super(scope, id);
    const pool = this.#createPool(this.#createSignUp(props));
    for (const role of roleNames) pool.addGroup(`${role}Group`, { groupName: role });
    const client = this.#addClient(pool, props.consoleUrl);
    this.#addDomain(pool, props.stage);
    this.issuer = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${pool.userPoolId}`;
    this.clientId = client.userPoolClientId;
    this.url = signInUrl(props.stage);
  }

  /** It runs before anybody has a token, and is part of the pool: it must not be told who issues tokens. */
  #createSignUp({ parts, logGroup }: SignInPoolProps): PlatformFunction {
    const { JWT_ISSUER: _issuer, JWT_AUDIENCE: _audience, ...environment } = parts.environment;
    return new PlatformFunction(this, 'signUp', {
      parts: { ...parts, environment },
      logGroup,
      file: 'sign-up',
      description: 'Lets nobody join the user pool who was not invited',
      timeoutSeconds: 5,
      wiring: { table: 'read', secret: true },
    });
  }

  #createPool(preSignUp: PlatformFunction): UserPool {
    const pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: false } },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      lambdaTriggers: { preSignUp },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(pool, 'essentialPlan');
    return pool;
  }

  /** A page cannot keep a secret, so it has none: it proves by PKCE that it asked itself. */
  #addClient(pool: UserPool, consoleUrl: string): UserPoolClient {
    return pool.addClient('Console', {
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${consoleUrl}/`],
        logoutUrls: [`${consoleUrl}/`],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    });
  }

  #addDomain(pool: UserPool, stage: string): UserPoolDomain {
    return pool.addDomain('Domain', { cognitoDomain: { domainPrefix: domainPrefix(stage) } });
  }
}

/** Names are unique in a region, so the account is part of it. */
const domainPrefix = (stage: string): string => `cdp-${stage}-${Aws.ACCOUNT_ID}`;

/** Where people of a stage are sent to sign in. */
export const signInUrl = (stage: string): string =>
  `https://${domainPrefix(stage)}.auth.${Aws.REGION}.amazoncognito.com`;
