import { Architecture, type Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** The engine that questions about everybody are asked with; it rides on the functions that ask. */
export class QueryLayer extends LayerVersion {
  /** Functions that carry it run on this architecture: what is tested is what runs. */
  static readonly architecture = Architecture.X86_64;

  constructor(scope: Construct, id: string, code: Code) {
    super(scope, id, {
      code,
      compatibleArchitectures: [QueryLayer.architecture],
      description: 'Customer data platform: DuckDB',
    });
  }
}
