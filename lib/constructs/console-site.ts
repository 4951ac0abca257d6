import { Duration, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type DistributionProps,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IFunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { basePath } from '../../core/contract/route.ts';
import { acknowledge } from '../acknowledgements.ts';
import { contentSecurityPolicy } from '../content-security-policy.ts';
import type { Placement } from '../placement.ts';
import type { FunctionSettings } from '../settings.ts';
import { consoleSignIn, tokenOrigins } from './console-sign-in.ts';
import { logAccess } from './log-access.ts';
import { originHeader } from './origin-header.ts';
import { PlatformLogs } from './platform-logs.ts';
import type { PlatformParts } from './platform-parts.ts';
import { SdkEdge, sdkPaths } from './sdk-edge.ts';
import { SignInPool, signInUrl } from './sign-in-pool.ts';
import { SiteFiles } from './site-files.ts';
import { siteRewrite } from './site-rewrite.ts';

/** The console's files, the API behind it, and where its logs go. */
export interface ConsoleSiteProps {
  api: HttpApi;
  originSecret: ISecret;
  /** Functions that answer for minutes, by their path. */
  streams: ReadonlyMap<string, IFunctionUrl>;
  /** Where people have accounts of the platform’s own: what its function needs. */
  pooled: PlatformParts | undefined;
  settings: FunctionSettings;
  placement: Placement;
  accessLogs: IBucket;
  /** Where files are uploaded to and downloaded from. */
  transfers: IBucket;
  siteDirectory: string;
}

type SecurityProps = Pick<ConsoleSiteProps, 'pooled' | 'settings' | 'placement' | 'transfers'>;

/** A nested stack with the edge: the console from a private bucket, and the API on the same origin. */
export class ConsoleSite extends NestedStack {
  readonly distribution: Distribution;
  /** Where the console is; the API is below it on the same origin. */
  readonly url: string;
  /** The team’s own users, where no other issuer is named. */
  readonly pool: SignInPool | undefined;

  constructor(scope: Construct, id: string, props: ConsoleSiteProps) {
    super(scope, id);
    const bucket = this.#createBucket(props.accessLogs);
    this.distribution = this.#createDistribution(bucket, props);
    this.url = `https://${props.placement.domainName ?? this.distribution.distributionDomainName}`;
    this.pool = this.#createPool(props);
    new SiteFiles(this, 'Files', {
      bucket,
      distribution: this.distribution,
      directory: props.siteDirectory,
      config: { apiBaseUrl: basePath, stage: props.settings.STAGE, auth: consoleSignIn(props.settings, this.pool) },
    });
    acknowledge(this, 'siteDeployment', bucket);
  }

  #createPool({ pooled, settings }: ConsoleSiteProps): SignInPool | undefined {
    if (!pooled) return undefined;
    const logGroup = new PlatformLogs(this, 'Logs', pooled.data.key);
    return new SignInPool(this, 'SignIn', { parts: pooled, logGroup, stage: settings.STAGE, consoleUrl: this.url });
  }

  /** Holds nothing that cannot be built again, so it goes with the stack. */
  #createBucket(accessLogs: IBucket): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logAccess(bucket, accessLogs, 'console');
    return bucket;
  }

  #createDistribution(bucket: Bucket, { placement, accessLogs, ...props }: ConsoleSiteProps): Distribution {
    const { webAclArn, certificateArn } = placement;
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Customer data platform, ${props.settings.STAGE}`,
      defaultRootObject: 'index.html',
      defaultBehavior: this.#siteBehavior(bucket, { placement, ...props }),
      additionalBehaviors: this.#apiBehaviors(props),
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: accessLogs,
      logFilePrefix: 'cloudfront/',
      ...(webAclArn ? { webAclId: webAclArn } : {}),
      ...this.#ownDomain(placement),
    });
    acknowledge(distribution, 'openToTheWorld');
    if (webAclArn === undefined) acknowledge(distribution, 'noWebAcl');
    if (certificateArn === undefined) acknowledge(distribution, 'defaultCertificate');
    return distribution;
  }

  /** Without a certificate CloudFront serves its own name, with its own choice of TLS versions. */
  #ownDomain({ domainName, certificateArn }: Placement): Partial<DistributionProps> {
    if (domainName === undefined || certificateArn === undefined) return {};
    return {
      domainNames: [domainName],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  #siteBehavior(bucket: Bucket, props: SecurityProps): BehaviorOptions {
    const rewrite = new EdgeFunction(this, 'Rewrite', {
      comment: 'Paths of the console without a file lead to its page',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(siteRewrite),
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.#securityHeaders(props),
      compress: true,
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: rewrite }],
    };
  }

  /** What SDKs call comes first: `/api/s/*` is also below `/api/*`. */
  #apiBehaviors(props: Pick<ConsoleSiteProps, 'api' | 'originSecret' | 'streams'>): Record<string, BehaviorOptions> {
    const own = this.#apiBehavior(props);
    const sdk = { ...own, ...new SdkEdge(this, 'SdkEdge').behavior };
    const streams = [...props.streams].map(([path, url]) => [path, { ...own, origin: this.#streamOrigin(url, props) }]);
    return {
      ...Object.fromEntries(streams),
      ...Object.fromEntries(sdkPaths.map(path => [path, sdk])),
      '/api/*': own,
    };
  }

  /** It must not be silent for longer than this: heartbeats come every 15 s. */
  #streamOrigin(url: IFunctionUrl, { originSecret }: Pick<ConsoleSiteProps, 'originSecret'>): IOrigin {
    return FunctionUrlOrigin.withOriginAccessControl(url, {
      readTimeout: Duration.seconds(60),
      customHeaders: { [originHeader]: originSecret.secretValue.unsafeUnwrap() },
    }) as FunctionUrlOrigin;
  }

  #apiBehavior({ api, originSecret }: Pick<ConsoleSiteProps, 'api' | 'originSecret'>): BehaviorOptions {
    const { region, urlSuffix } = Stack.of(this);
    return {
      origin: new HttpOrigin(`${api.apiId}.execute-api.${region}.${urlSuffix}`, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        customHeaders: { [originHeader]: originSecret.secretValue.unsafeUnwrap() },
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
  }

  #securityHeaders({ pooled, settings, placement, transfers }: SecurityProps): ResponseHeadersPolicy {
    const poolUrl = pooled && signInUrl(settings.STAGE);
    const tokens = tokenOrigins(settings, poolUrl, placement.signInOrigins);
    const policy = contentSecurityPolicy(tokens, transfers.bucketRegionalDomainName);
    return new ResponseHeadersPolicy(this, 'SecurityHeaders', {
      comment: 'Customer data platform: security headers of the console',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
    });
  }
}
