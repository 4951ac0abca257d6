import type { DeclaredFunction } from '../assembly/functions.ts';
import { localCredentials } from '../engines/clients.ts';
import type { Endpoints } from '../engines/start-engines.ts';

/** What every function on this machine is given besides its own variables. */
export interface SharedEnvironment {
  region: string;
  endpoints: Endpoints & { secrets: string };
  /** Extra variables for all functions, such as `CDP_EGRESS_ALLOW`. */
  extra: Record<string, string>;
}

const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_OPTIONS'];

/** Variables which Lambda itself reserves and sets, per function. */
export const ownVariables = (declared: DeclaredFunction): Record<string, string> => ({
  AWS_LAMBDA_FUNCTION_NAME: declared.name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(declared.memoryMegabytes),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: declared.codeDirectory,
  _HANDLER: declared.handler,
});

/** Endpoints, region and credentials: the SDK clients of a function read them by themselves. */
export const sharedVariables = ({ region, endpoints, extra }: SharedEnvironment): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_KINESIS: endpoints.kinesis,
  AWS_ENDPOINT_URL_SQS: endpoints.queues,
  AWS_ENDPOINT_URL_S3: endpoints.objects,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secrets,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CDP_LOCAL: 'true',
  POWERTOOLS_METRICS_DISABLED: 'true',
  ...extra,
});

/** The whole environment of a function that runs in a thread of its own. */
export const functionEnvironment = (declared: DeclaredFunction, shared: SharedEnvironment): Record<string, string> => ({
  ...Object.fromEntries(inherited.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : []))),
  ...sharedVariables(shared),
  ...declared.environment,
  ...ownVariables(declared),
});
