import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CdpPlatformResources, type CdpPlatformResourcesProps } from '../constructs/platform-resources.ts';

/** The stack of everything that works on the data; it can be deleted and deployed again at any time. */
export class CdpPlatform extends Stack {
  readonly resources: CdpPlatformResources;

  constructor(scope: Construct, id: string, props: CdpPlatformResourcesProps) {
    super(scope, id, { description: 'Customer data platform: API, workers and console', analyticsReporting: false });
    this.resources = new CdpPlatformResources(this, 'Platform', props);
  }
}
