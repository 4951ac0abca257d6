import { CfnOutput, Lazy } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { IFunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { routes } from '../../core/contract/index.ts';
import { type MessageId, messages } from '../../core/contract/messages.ts';
import type { Route } from '../../core/contract/route.ts';
import { type SdkRoute, sdkRoutes } from '../../core/contract/sdk/sdk-routes.ts';
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
import { QueryLayer } from './query-layer.ts';
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
  /** The directory with the layer of functions that ask questions. */
  queryLayerDirectory: string;
}

/** `api-keys` → `ApiKeys`. */
const pascal = (kebabCase: string): string =>
  kebabCase.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());

const byCapability = (all: readonly (Route | SdkRoute)[]): Map<string, (Route | SdkRoute)[]> => {
  const groups = new Map<string, (Route | SdkRoute)[]>();
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
    const streams = new Map<string, IFunctionUrl>();
    for (const [capability, own] of byCapability([...routes, ...sdkRoutes])) {
      const mounted = { parts, api, authorizer, routes: own };
      const endpoints = new Endpoints(this, `${pascal(capability)}Endpoints`, mounted);
      for (const [path, url] of endpoints.streams) streams.set(path, url);
    }
    new Workers(this, 'Workers', { parts, settings });
    this.site = new ConsoleSite(this, 'Console', {
      api,
      originSecret,
      streams,
      pooled: this.#hasPool(props) ? parts : undefined,
      settings,
      placement,
      accessLogs: data.accessLogs,
      transfers: data.transfers,
      siteDirectory: props.siteDirectory,
    });
    new CfnOutput(this, 'ConsoleUrl', { description: 'The console, and the API below it', value: this.site.url });
  }

  /** People of this machine sign in with a link. */
  #hasPool({ settings, placement }: CdpPlatformResourcesProps): boolean {
    return placement.userPool && settings.JWT_ISSUER === undefined && settings.STAGE !== 'local';
  }

  /** The pool must know the console's address, so it is made last; functions name it before. */
  #poolToCome(): { issuer: string; clientId: string } {
    return {
      issuer: Lazy.string({ produce: () => this.site.pool?.issuer }),
      clientId: Lazy.string({ produce: () => this.site.pool?.clientId }),
    };
  }

  #createParts(props: CdpPlatformResourcesProps, originSecret: Secret): PlatformParts {
    const { data, settings, placement, code } = props;
    const { alarmTopicArn } = placement;
    const queues = Object.fromEntries(
      messages.map(message => [message.id, new WorkQueue(this, pascal(message.id), { message, alarmTopicArn })]),
    ) as Record<MessageId, WorkQueue>;
    const signIn = this.#hasPool(props) ? this.#poolToCome() : undefined;
    const eventBus = this.#createEventBus();
    const environment = functionEnvironment({ settings, data, queues, eventBus, originSecret, signIn });
    const queryLayer = new QueryLayer(this, 'QueryLayer', props.queryLayerDirectory);
    return { data, queues, eventBus, code, queryLayer, environment, originSecret, alarmTopicArn };
  }

  /** Other systems of the account listen here by rules of their own. */
  #createEventBus(): EventBus {
    const description = 'Customer data platform: what happens to profiles, segments, audiences and jobs';
    const bus = new EventBus(this, 'EventBus', { description });
    new CfnOutput(this, 'EventBusName', { description: 'Where facts are published', value: bus.eventBusName });
    return bus;
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
