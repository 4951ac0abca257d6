import type { App } from 'aws-cdk-lib';
import type { HandlerCode } from './constructs/handler-code.ts';
import type { Placement } from './placement.ts';
import type { FunctionSettings } from './settings.ts';
import { CdpData } from './stacks/data.ts';
import { CdpPlatform } from './stacks/platform.ts';

/** What the two stacks are made from. */
export interface PlatformAppProps {
  settings: FunctionSettings;
  placement: Placement;
  code: HandlerCode;
  siteDirectory: string;
  queryLayerDirectory: string;
}

/** The two stacks of a stage. */
export interface PlatformStacks {
  data: CdpData;
  platform: CdpPlatform;
}

/** The default stage has plain names; every other stage carries its own, so that several live in one account. */
const stackName = (name: string, stage: string): string => (stage === 'dev' ? name : `${name}-${stage}`);

/** Adds the stacks of one stage to an app. */
export const addPlatform = (app: App, { settings, placement, ...assets }: PlatformAppProps): PlatformStacks => {
  const data = new CdpData(app, stackName('CdpData', settings.STAGE), { eventShards: placement.eventShards });
  const platform = new CdpPlatform(app, stackName('CdpPlatform', settings.STAGE), {
    data: data.resources,
    settings,
    placement,
    ...assets,
  });
  return { data, platform };
};
