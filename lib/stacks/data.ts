import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CdpDataResources, type CdpDataResourcesProps } from '../constructs/data-resources.ts';

/** The stack that holds data: it cannot be deleted by accident, and its resources outlive it. */
export class CdpData extends Stack {
  readonly resources: CdpDataResources;

  constructor(scope: Construct, id: string, props: CdpDataResourcesProps) {
    super(scope, id, {
      description: 'Customer data platform: data',
      terminationProtection: true,
      analyticsReporting: false,
    });
    this.resources = new CdpDataResources(this, 'Data', props);
  }
}
