import { SymlinkFollowMode } from 'aws-cdk-lib';
import { Architecture, Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** The engine that questions about everybody are asked with; it rides on the functions that ask. */
export class QueryLayer extends LayerVersion {
  /** Functions that carry it run on this architecture: what is tested is what runs. */
  static readonly architecture = Architecture.X86_64;

  /** A layer that is linked, as on this machine, stays a link: to follow it would copy all that is installed. */
  constructor(scope: Construct, id: string, directory: string) {
    super(scope, id, {
      code: Code.fromAsset(directory, { followSymlinks: SymlinkFollowMode.NEVER }),
      compatibleArchitectures: [QueryLayer.architecture],
      description: 'Customer data platform: DuckDB',
    });
  }
}
