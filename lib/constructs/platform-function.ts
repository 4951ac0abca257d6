import { Duration, Size } from 'aws-cdk-lib';
import { type IManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';
import type { Wiring } from '../wiring.ts';
import { dataPolicies, functionRights } from './function-rights.ts';
import type { PlatformParts } from './platform-parts.ts';
import { QueryLayer } from './query-layer.ts';

/** What a function is: the file of its handler below `functions/`, its size, and what it may do. */
export interface PlatformFunctionProps {
  parts: PlatformParts;
  /** Without extension, e.g. `api/profiles/get-profile`. */
  file: string;
  description: string;
  timeoutSeconds: number;
  wiring: Wiring;
  logGroup: LogGroup;
  /** Rights that come from what drives the function, e.g. its stream. */
  drivenBy?: readonly PolicyStatement[];
  policies?: IManagedPolicy[];
}

/** Copies of files and what does not fit into memory go there. */
const queryStorage = Size.gibibytes(4);
const queryMegabytes = 2048;

/** What a function is besides its code: small, or with the engine that answers questions. */
const machineOf = ({ queries, memoryMegabytes }: Wiring, { queryLayer }: PlatformParts) =>
  queries
    ? {
        architecture: QueryLayer.architecture,
        memorySize: memoryMegabytes ?? queryMegabytes,
        ephemeralStorageSize: queryStorage,
        layers: [queryLayer],
      }
    : { architecture: Architecture.ARM_64, memorySize: memoryMegabytes ?? 512 };

/** A function with a role of its own that holds exactly the rights of its wiring. */
export class PlatformFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: PlatformFunctionProps) {
    const { parts, wiring, logGroup } = props;
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [...(props.policies ?? []), ...dataPolicies(wiring, parts)],
    });
    acknowledge(role, 'tracing');
    if (wiring.integrationSecrets) acknowledge(role, 'integrationSecrets', { stage: parts.environment.STAGE ?? '' });
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      ...machineOf(wiring, parts),
      code: parts.code(scope),
      handler: `${props.file}.handler`,
      description: props.description,
      timeout: Duration.seconds(wiring.timeoutSeconds ?? props.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      environment: { ...parts.environment },
      logGroup,
      role,
    });
    const writeLogs = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    for (const right of [writeLogs, ...functionRights(wiring, parts), ...(props.drivenBy ?? [])]) {
      role.addToPolicy(right);
    }
    acknowledge(this, 'calledDirectly');
  }
}
