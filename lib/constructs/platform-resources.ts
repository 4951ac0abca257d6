import { CfnOutput } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { routes } from '../../core/contract/index.ts';
import { type MessageId, messages } from '../../core/contract/messages.ts';
import type { Route } from '../../core/contract/route.ts';
import { acknowledge } from '../acknowledgements.ts';
import type { Placement } from '../placement.ts';
import type { FunctionSettings } from '../settings.ts';
import { ConsoleSite } from './console-site.ts';
import type { CdpDataResources } from './data-resources.ts';
import { Endpoints } from './endpoints.ts';
import { FrontDoor } from './front-door.ts';
import { functionEnvironment } from './function-environment.ts';
import type { HandlerCode } from './handler-code.ts';
import type { PlatformParts } from './platform-parts.ts';
import { WorkQueue } from './work-queue.ts';
import { Workers } from './workers.ts';

/** What the platform is made of: its data, its settings, the bundled handlers and the console's files. */
export interface CdpPlatformResourcesProps {
  data: CdpDataResources;
  settings: FunctionSettings;
  placement: Placement;
  code: HandlerCode;
  /** The directory with the console and the API documents. */
  siteDirectory: string;
}

/** `api-keys` → `ApiKeys`. */
const pascal = (kebabCase: string): string =>
  kebabCase.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());

const byCapability = (all: readonly Route[]): Map<string, Route[]> => {
  const groups = new Map<string, Route[]>();
  for (const route of all) groups.set(route.capability, [...(groups.get(route.capability) ?? []), route]);
  return groups;
};

/** Everything that works on the data: queues, the API with a nested stack per capability, workers, the console. */
export class CdpPlatformResources extends Construct {
  readonly site: ConsoleSite;

  constructor(scope: Construct, id: string, props: CdpPlatformResourcesProps) {
    super(scope, id);
    const { data, settings, placement } = props;
    const originSecret = this.#createOriginSecret(data);
    const parts = this.#createParts(props, originSecret);
    const { api, authorizer } = new FrontDoor(this, 'FrontDoor', { parts, settings });
    for (const [capability, own] of byCapability(routes)) {
      new Endpoints(this, `${pascal(capability)}Endpoints`, { parts, api, authorizer, routes: own });
    }
    new Workers(this, 'Workers', { parts, settings });
    this.site = new ConsoleSite(this, 'Console', {
      api,
      originSecret,
      settings,
      placement,
      accessLogs: data.accessLogs,
      siteDirectory: props.siteDirectory,
    });
    new CfnOutput(this, 'ConsoleUrl', { description: 'The console, and the API below it', value: this.site.url });
  }

  #createParts({ data, settings, placement, code }: CdpPlatformResourcesProps, originSecret: Secret): PlatformParts {
    const { alarmTopicArn } = placement;
    const queues = Object.fromEntries(
      messages.map(message => [message.id, new WorkQueue(this, pascal(message.id), { message, alarmTopicArn })]),
    ) as Record<MessageId, WorkQueue>;
    const environment = functionEnvironment({ settings, data, queues, originSecret });
    return { data, queues, code, environment, originSecret, alarmTopicArn };
  }

  /** What CloudFront says to the API to prove that a request came through it. */
  #createOriginSecret(data: CdpDataResources): Secret {
    const secret = new Secret(this, 'OriginSecret', {
      description: 'Customer data platform: the header by which the API knows its own edge',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      encryptionKey: data.key,
    });
    acknowledge(secret, 'unrotatedSecret');
    return secret;
  }
}
