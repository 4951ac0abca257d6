import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { CdpDataResources } from './constructs/data-resources.ts';
import { handlersFrom } from './constructs/handler-code.ts';
import { CdpPlatformResources } from './constructs/platform-resources.ts';
import { type Placement, readPlacement } from './placement.ts';
import { readSettings } from './settings.ts';

/** How a customer data platform is placed in a stack of yours. */
export interface CustomerDataPlatformProps {
  /** Deployment settings by name, e.g. `{ STAGE: 'prod', REPORTING_TIMEZONE: 'Europe/Berlin' }`. */
  settings?: Readonly<Record<string, string>>;
  placement?: Partial<Placement>;
  /** The bundled handlers; those that come with this package when absent. */
  handlersDirectory?: string;
  /** The console and the API documents; those that come with this package when absent. */
  siteDirectory?: string;
  /** The layer of functions that ask questions; the one that comes with this package when absent. */
  queryLayerDirectory?: string;
}

const built = (directory: string): string => {
  if (existsSync(directory)) return directory;
  throw new Error(`${directory} does not exist: build the handlers and the console first (npm run synth).`);
};

const prebuilt = (name: 'functions' | 'site' | 'query-layer'): string => join(import.meta.dirname, '../dist', name);

/** The whole platform, data and everything that works on it, in the stack that it is placed in. */
export class CustomerDataPlatform extends Construct {
  readonly data: CdpDataResources;
  readonly platform: CdpPlatformResources;

  constructor(scope: Construct, id: string, props: CustomerDataPlatformProps = {}) {
    super(scope, id);
    const { CDP_EGRESS_ALLOW } = process.env;
    const settings = readSettings({ environment: { CDP_EGRESS_ALLOW, ...props.settings }, context: () => undefined });
    const chosen: Readonly<Record<string, unknown>> = props.placement ?? {};
    const placement = readPlacement({ context: name => chosen[name] });
    this.data = new CdpDataResources(this, 'Data', { eventShards: placement.eventShards });
    this.platform = new CdpPlatformResources(this, 'Platform', {
      data: this.data,
      settings,
      placement,
      code: handlersFrom(built(props.handlersDirectory ?? prebuilt('functions'))),
      siteDirectory: built(props.siteDirectory ?? prebuilt('site')),
      queryLayerDirectory: built(props.queryLayerDirectory ?? prebuilt('query-layer')),
    });
  }
}
