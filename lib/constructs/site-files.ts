import { Duration } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';

/**
 * How people sign in: with a key that they type in, or at an OIDC issuer by authorization code with PKCE. The id token
 * that they get is what the API takes. Without endpoints here they stand in the issuer's discovery document.
 */
export type SiteAuth =
  | { kind: 'key' }
  | {
      kind: 'oidc';
      issuer: string;
      clientId: string;
      scope: string;
      authorizationEndpoint?: string;
      tokenEndpoint?: string;
      logoutEndpoint?: string;
    };

/** What the pages read from `/config.json` at start. */
export interface SiteConfig {
  /** The path of the API on the same origin. */
  apiBaseUrl: string;
  stage: string;
  auth: SiteAuth;
}

/** The files of a site, the bucket they go to, and the distribution that forgets the old ones. */
export interface SiteFilesProps {
  bucket: IBucket;
  distribution: IDistribution;
  directory: string;
  config: SiteConfig;
}

/** Files below `assets/` carry their content's hash in their names and never change; all others are asked for anew. */
export class SiteFiles extends Construct {
  constructor(scope: Construct, id: string, { bucket, distribution, directory, config }: SiteFilesProps) {
    super(scope, id);
    const files = Source.asset(directory);
    const assets = new BucketDeployment(this, 'Assets', {
      destinationBucket: bucket,
      sources: [files],
      exclude: ['*'],
      include: ['assets/*'],
      prune: false,
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      destinationBucket: bucket,
      sources: [files, Source.jsonData('config.json', config)],
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
      distribution,
      distributionPaths: ['/*'],
    });
    pages.node.addDependency(assets);
  }
}
