import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The context of every app of this platform: the feature flags of `cdk.json`, so that an app which is not started by
 * the CDK's command line makes the same templates, and the paths of assets, by which the local platform finds code.
 */
export const appContext = (): Record<string, unknown> => {
  const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return { ...context, 'aws:cdk:enable-asset-metadata': true };
};
